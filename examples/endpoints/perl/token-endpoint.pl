#!/usr/bin/env perl
# A token endpoint for Zendesk's messenger, with HTTP::Daemon and Crypt::JWT. To run it, set PORT, ZENDESK_KEY_ID and
# ZENDESK_SECRET, and start: perl token-endpoint.pl
use strict;
use warnings;
use utf8;    # without it, the name in this file is bytes, and is encoded twice

use Crypt::JWT qw(encode_jwt);
use Crypt::PRNG qw(random_bytes_hex);
use HTTP::Daemon;
use HTTP::Response;
use JSON::PP;

use constant { LIFETIME_S => 900, MAX_ID_LENGTH => 255 };
my $KEY_ID = qr/\Aapp_[0-9a-f]{24}\z/i;

# Replace this by your own session: a user for each session cookie.
my %USERS = (
    ada   => { id => 42, name => "Zoë O’Hara 'the 2nd' 👋", email => 'zoe@shop.example', email_verified => 1 },
    grace => { id => 7,  name => 'Grace' },
);

# Says what is wrong with the key id and the secret, without their values.
sub find_configuration_fault {
    my ($key_id, $secret) = @_;
    for (['ZENDESK_KEY_ID', $key_id], ['ZENDESK_SECRET', $secret]) {
        my ($name, $value) = @$_;
        return "$name is not set: copy it from Zendesk's Admin Center." if $value eq '';
        return "$name has quotes or white space around it: remove them." if $value =~ /\A[\s'"]|[\s'"]\z/;
    }
    return 'ZENDESK_KEY_ID and ZENDESK_SECRET are exchanged: the key id begins with app_.' if $secret =~ $KEY_ID;
    return 'ZENDESK_KEY_ID is an API key (act_…): use a key for messaging (app_…).' if $key_id =~ /\Aact_/;
    return 'ZENDESK_KEY_ID is not a key id: use app_ and 24 hex digits from the Admin Center.' if $key_id !~ $KEY_ID;
    return;
}

sub sign_token {
    my ($user, $key_id, $secret) = @_;
    # Zendesk refuses a number: "42", not 42. The quotes make it a string in the JSON.
    my $external_id = defined $user->{id} ? "$user->{id}" : '';
    my $length      = length $external_id;
    die "The user's id must have 1 to " . MAX_ID_LENGTH . " characters, but has $length.\n"
        if $length < 1 || $length > MAX_ID_LENGTH;
    my $now    = time;
    my %claims = (
        scope       => 'user',
        external_id => $external_id,
        iat         => $now,
        exp         => $now + LIFETIME_S,
        jti         => random_bytes_hex(16),    # makes two tokens of the same second differ
    );
    $claims{name} = $user->{name} if $user->{name};
    if ($user->{email}) {
        $claims{email} = $user->{email};
        # Perl's 1 would be the number 1, which Zendesk does not take for true.
        $claims{email_verified} = $user->{email_verified} ? JSON::PP::true : JSON::PP::false;
    }
    # The secret is text. It looks like base64, but do not decode it.
    return encode_jwt(
        payload       => \%claims,
        key           => $secret,
        alg           => 'HS256',
        extra_headers => { typ => 'JWT', kid => $key_id },
    );
}

# Whether a page of another site sent the request. Browsers that do not send Sec-Fetch-Site send Origin.
sub is_from_another_site {
    my ($request) = @_;
    my $site = $request->header('Sec-Fetch-Site');
    return $site ne 'same-origin' if defined $site;
    my $origin = $request->header('Origin') // return 0;
    # A proxy that changes Host makes them differ. Then compare with the host name of your site.
    return $origin =~ s{\A\w+://}{}r ne ($request->header('Host') // '');
}

# Without CORS headers, no other site can read the answer.
sub answer {
    my ($status, $text, @headers) = @_;
    return HTTP::Response->new($status, undef,
        ['Content-Type' => 'text/plain; charset=utf-8', 'Cache-Control' => 'no-store', @headers], $text);
}

sub answer_request {
    my ($request, $key_id, $secret) = @_;
    return answer(404, 'There is only /zendesk-token.') if $request->uri->path ne '/zendesk-token';
    return answer(405, 'Send a POST.', Allow => 'POST') if $request->method ne 'POST';
    return answer(403, 'Only pages of this site can request a token.') if is_from_another_site($request);
    my $purpose = $request->header('Sec-Purpose') // $request->header('Purpose') // '';
    return answer(503, 'No token for a page that nobody has opened yet.') if $purpose =~ /prefetch/i;

    my ($session) = ($request->header('Cookie') // '') =~ /(?:\A|;\s*)session=([^;]+)/;
    my $user = $USERS{ $session // '' };
    my $token = eval { $user ? sign_token($user, $key_id, $secret) : undef };
    if ($@) {
        print {*STDERR} $@;
        return answer(500, 'The token could not be signed.');
    }
    my $response = answer(200, encode_json({ token => $token }));
    $response->header('Content-Type' => 'application/json');
    return $response;
}

binmode STDERR, ':encoding(UTF-8)';
my ($key_id, $secret) = map { $ENV{$_} // '' } qw(ZENDESK_KEY_ID ZENDESK_SECRET);
if (my $fault = find_configuration_fault($key_id, $secret)) {
    print {*STDERR} "$fault\n";
    exit 1;
}
my $daemon = HTTP::Daemon->new(LocalAddr => '127.0.0.1', LocalPort => $ENV{PORT} // 3000, ReuseAddr => 1)
    or die "The port cannot be opened: $@\n";
# A process for each connection: browsers open connections before they need them, and a single process would wait for them.
$SIG{CHLD} = 'IGNORE';
while (my $connection = $daemon->accept) {
    my $child = fork // die "No process for the connection: $!\n";
    next if $child;
    while (my $request = $connection->get_request) {
        $connection->send_response(answer_request($request, $key_id, $secret));
    }
    exit 0;
}
