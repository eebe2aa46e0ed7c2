// A token endpoint for Zendesk's messenger, with net/http and golang-jwt. To run it, set PORT, ZENDESK_KEY_ID and
// ZENDESK_SECRET, and start: go run main.go
package main

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	// In a module, import github.com/golang-jwt/jwt/v5. The code below is the same.
	"github.com/golang-jwt/jwt"
)

const (
	lifetime    = 15 * time.Minute
	maxIDLength = 255
)

type user struct {
	ID            any // a number or a text, as in your database
	Name          string
	Email         string
	EmailVerified bool
}

// Replace this by your own session: a user for each session cookie.
var users = map[string]*user{
	"ada":   {ID: 42, Name: "Zoë O’Hara 'the 2nd' 👋", Email: "zoe@shop.example", EmailVerified: true},
	"grace": {ID: 7, Name: "Grace"},
}

var (
	keyID        = os.Getenv("ZENDESK_KEY_ID")
	secret       = os.Getenv("ZENDESK_SECRET")
	keyIDPattern = regexp.MustCompile(`^app_[0-9a-fA-F]{24}$`)
)

// findConfigurationFault says what is wrong with the key id and the secret, without their values.
func findConfigurationFault() string {
	for _, variable := range [][2]string{{"ZENDESK_KEY_ID", keyID}, {"ZENDESK_SECRET", secret}} {
		name, value := variable[0], variable[1]
		if value == "" {
			return name + " is not set: copy it from Zendesk's Admin Center."
		}
		if value != strings.Trim(strings.TrimSpace(value), `'"`) {
			return name + " has quotes or white space around it: remove them."
		}
	}
	switch {
	case keyIDPattern.MatchString(secret):
		return "ZENDESK_KEY_ID and ZENDESK_SECRET are exchanged: the key id begins with app_."
	case strings.HasPrefix(keyID, "act_"):
		return "ZENDESK_KEY_ID is an API key (act_…): use a key for messaging (app_…)."
	case !keyIDPattern.MatchString(keyID):
		return "ZENDESK_KEY_ID is not a key id: use app_ and 24 hex digits from the Admin Center."
	}
	return ""
}

func signToken(u *user) (string, error) {
	// Zendesk refuses a number: "42", not 42. string(42) would be "*", the character with this number. For nil,
	// Sprint would write "<nil>", the same user for everybody.
	externalID := ""
	if u.ID != nil {
		externalID = fmt.Sprint(u.ID)
	}
	// len(externalID) would count bytes.
	if length := utf8.RuneCountInString(externalID); length < 1 || length > maxIDLength {
		return "", fmt.Errorf("the user's id must have 1 to %d characters, but has %d", maxIDLength, length)
	}
	jti := make([]byte, 16)
	if _, err := rand.Read(jti); err != nil {
		return "", err
	}
	now := time.Now()
	claims := jwt.MapClaims{
		"scope":       "user",
		"external_id": externalID,
		// Unix() makes numbers in seconds. A time.Time in the map would become a text.
		"iat": now.Unix(),
		"exp": now.Add(lifetime).Unix(),
		// Makes two tokens of the same second differ.
		"jti": hex.EncodeToString(jti),
	}
	if u.Name != "" {
		claims["name"] = u.Name
	}
	if u.Email != "" {
		claims["email"] = u.Email
		claims["email_verified"] = u.EmailVerified
	}
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, claims)
	token.Header["kid"] = keyID
	// SignedString takes bytes, not a string. The secret looks like base64, but do not decode it.
	return token.SignedString([]byte(secret))
}

func findUser(r *http.Request) *user {
	cookie, err := r.Cookie("session")
	if err != nil {
		return nil
	}
	return users[cookie.Value]
}

// isFromAnotherSite says whether a page of another site sent the request. Browsers that do not send Sec-Fetch-Site
// send Origin.
func isFromAnotherSite(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" {
		return site != "same-origin"
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return false
	}
	// A proxy that changes Host makes them differ. Then compare with the host name of your site.
	parsed, err := url.Parse(origin)
	return err != nil || parsed.Host != r.Host
}

func isPrefetch(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Sec-Purpose")+r.Header.Get("Purpose"), "prefetch")
}

// Without CORS headers, no other site can read the answer. Do not wrap this handler in rs/cors.
func handle(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	switch {
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", "POST")
		http.Error(w, "Send a POST.", http.StatusMethodNotAllowed)
	case isFromAnotherSite(r):
		http.Error(w, "Only pages of this site can request a token.", http.StatusForbidden)
	case isPrefetch(r):
		http.Error(w, "No token for a page that nobody has opened yet.", http.StatusServiceUnavailable)
	default:
		answerToken(w, r)
	}
}

func answerToken(w http.ResponseWriter, r *http.Request) {
	// A pointer: nobody is signed in if it is nil, which JSON writes as null. A string would be "".
	var token *string
	if u := findUser(r); u != nil {
		signed, err := signToken(u)
		if err != nil {
			log.Print(err)
			http.Error(w, "The token could not be signed.", http.StatusInternalServerError)
			return
		}
		token = &signed
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]*string{"token": token})
}

func main() {
	if fault := findConfigurationFault(); fault != "" {
		fmt.Fprintln(os.Stderr, fault)
		os.Exit(1)
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "3000"
	}
	http.HandleFunc("/zendesk-token", handle)
	log.Printf("Listening on http://127.0.0.1:%s/zendesk-token", port)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+port, nil))
}
