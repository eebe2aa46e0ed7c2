// A token endpoint for Zendesk's messenger, with HttpListener and HMACSHA256. It needs no package, and runs on .NET and
// on Mono. To run it, set PORT, ZENDESK_KEY_ID and ZENDESK_SECRET.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

public sealed class User
{
    public object Id { get; set; } // a number or a text, as in your database
    public string Name { get; set; }
    public string Email { get; set; }
    public bool EmailVerified { get; set; }
}

public static class TokenEndpoint
{
    const int LifetimeS = 900;
    const int MaxIdLength = 255;

    // Replace this by your own session: a user for each session cookie.
    static readonly Dictionary<string, User> Users = new Dictionary<string, User>
    {
        ["ada"] = new User
        {
            Id = 42, Name = "Zoë O’Hara 'the 2nd' 👋", Email = "zoe@shop.example", EmailVerified = true,
        },
        ["grace"] = new User { Id = 7, Name = "Grace" },
    };

    static readonly string KeyId = Environment.GetEnvironmentVariable("ZENDESK_KEY_ID") ?? "";
    static readonly string Secret = Environment.GetEnvironmentVariable("ZENDESK_SECRET") ?? "";

    static bool IsKeyId(string text) => Regex.IsMatch(text, @"^app_[0-9a-fA-F]{24}\z");

    /// <summary>Says what is wrong with the key id and the secret, without their values.</summary>
    static string FindConfigurationFault()
    {
        foreach (var name in new[] { "ZENDESK_KEY_ID", "ZENDESK_SECRET" })
        {
            var value = Environment.GetEnvironmentVariable(name) ?? "";
            if (value == "") return $"{name} is not set: copy it from Zendesk's Admin Center.";
            if (value != value.Trim().Trim('\'', '"'))
                return $"{name} has quotes or white space around it: remove them.";
        }
        if (IsKeyId(Secret)) return "ZENDESK_KEY_ID and ZENDESK_SECRET are exchanged: the key id begins with app_.";
        if (KeyId.StartsWith("act_", StringComparison.Ordinal))
            return "ZENDESK_KEY_ID is an API key (act_...): use a key for messaging (app_...).";
        if (!IsKeyId(KeyId)) return "ZENDESK_KEY_ID is not a key id: use app_ and 24 hex digits from the Admin Center.";
        return null;
    }

    static string SignToken(User user)
    {
        // Zendesk refuses a number: "42", not 42.
        var externalId = user.Id?.ToString() ?? "";
        if (externalId == "" || externalId.Length > MaxIdLength)
            throw new InvalidOperationException(
                $"The user's id must have 1 to {MaxIdLength} characters, but has {externalId.Length}.");
        // Seconds in UTC. DateTime.Now would be wrong by the server's time zone, and Ticks are no seconds.
        var nowS = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new Dictionary<string, string>
        {
            ["scope"] = Quote("user"),
            ["external_id"] = Quote(externalId),
            // Numbers have no quotes: Zendesk refuses "exp":"1767226500".
            ["iat"] = $"{nowS}",
            ["exp"] = $"{nowS + LifetimeS}",
            // Makes two tokens of the same second differ.
            ["jti"] = Quote(Guid.NewGuid().ToString()),
        };
        if (user.Name != null) claims["name"] = Quote(user.Name);
        if (user.Email != null)
        {
            claims["email"] = Quote(user.Email);
            // ToString() would write True, which is not JSON.
            claims["email_verified"] = user.EmailVerified ? "true" : "false";
        }
        var payload = "{" + string.Join(",", claims.Select(claim => $"\"{claim.Key}\":{claim.Value}")) + "}";
        var header = $"{{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":{Quote(KeyId)}}}";
        var signed = Encode(Encoding.UTF8.GetBytes(header)) + "." + Encode(Encoding.UTF8.GetBytes(payload));
        // The secret is text. It looks like base64, but do not decode it.
        using (var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(Secret)))
            return signed + "." + Encode(hmac.ComputeHash(Encoding.UTF8.GetBytes(signed)));
    }

    // A JWT has base64url without padding. Convert.ToBase64String writes "+", "/" and "=".
    static string Encode(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    // A string in JSON. In .NET, JsonSerializer.Serialize does this, too. Mono does not have it.
    static string Quote(string text) =>
        "\"" + Regex.Replace(text, @"[\x00-\x1f""\\]", match => $"\\u{(int)match.Value[0]:x4}") + "\"";

    static User FindUser(HttpListenerRequest request)
    {
        var session = request.Cookies["session"]?.Value ?? "";
        return Users.TryGetValue(session, out var user) ? user : null;
    }

    /// <summary>Whether a page of another site sent the request. Browsers without Sec-Fetch-Site send Origin.</summary>
    static bool IsFromAnotherSite(HttpListenerRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"];
        if (site != null) return site != "same-origin";
        var origin = request.Headers["Origin"];
        // A proxy that changes Host makes them differ. Then compare with the host name of your site.
        return origin != null && Regex.Replace(origin, @"^\w+://", "") != request.Headers["Host"];
    }

    static bool IsPrefetch(HttpListenerRequest request) =>
        (request.Headers["Sec-Purpose"] + request.Headers["Purpose"]).Contains("prefetch");

    static void Handle(HttpListenerContext context)
    {
        var request = context.Request;
        // The listener below listens to the network, too.
        if (!request.IsLocal) Answer(context, 403, "Only a proxy on the same machine can request a token.");
        else if (request.Url.AbsolutePath != "/zendesk-token") Answer(context, 404, "There is only /zendesk-token.");
        else if (request.HttpMethod != "POST") Answer(context, 405, "Send a POST.");
        else if (IsFromAnotherSite(request)) Answer(context, 403, "Only pages of this site can request a token.");
        else if (IsPrefetch(request)) Answer(context, 503, "No token for a page that nobody has opened yet.");
        else AnswerToken(context);
    }

    static void AnswerToken(HttpListenerContext context)
    {
        string token;
        try
        {
            var user = FindUser(context.Request);
            token = user == null ? "null" : Quote(SignToken(user));
        }
        catch (Exception error)
        {
            Console.Error.WriteLine(error);
            Answer(context, 500, "The token could not be signed.");
            return;
        }
        Answer(context, 200, $"{{\"token\":{token}}}", "application/json");
    }

    // Without CORS headers, no other site can read the answer.
    static void Answer(HttpListenerContext context, int status, string text, string type = "text/plain; charset=utf-8")
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = type;
        response.Headers["Cache-Control"] = "no-store";
        if (status == 405) response.Headers["Allow"] = "POST";
        var body = context.Request.HttpMethod == "HEAD" ? "" : text;
        response.Close(Encoding.UTF8.GetBytes(body), false);
    }

    public static int Main()
    {
        var fault = FindConfigurationFault();
        if (fault != null)
        {
            Console.Error.WriteLine(fault);
            return 1;
        }
        var port = Environment.GetEnvironmentVariable("PORT") ?? "3000";
        var listener = new HttpListener();
        // With 127.0.0.1 instead of *, HttpListener would refuse the Host header that a proxy passes on.
        listener.Prefixes.Add($"http://*:{port}/");
        listener.Start();
        Console.WriteLine($"Listening on http://127.0.0.1:{port}/zendesk-token");
        while (true)
        {
            var context = listener.GetContext();
            // A request that fails, such as one that the browser has ended, does not end the program.
            Task.Run(() => Handle(context));
        }
    }
}
