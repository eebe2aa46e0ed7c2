# A token endpoint for Zendesk's messenger, with WEBrick and the gem jwt. To run it, set PORT, ZENDESK_KEY_ID and
# ZENDESK_SECRET, and start: ruby token_endpoint.rb
require 'json'
require 'jwt'
require 'securerandom'
require 'webrick'

LIFETIME_S = 900
MAX_ID_LENGTH = 255
# \A and \z, not ^ and $: those match at every line.
KEY_ID = /\Aapp_\h{24}\z/i

# Replace this by your own session: a user for each session cookie.
USERS = {
  'ada' => { id: 42, name: "Zoë O’Hara 'the 2nd' 👋", email: 'zoe@shop.example', email_verified: true },
  'grace' => { id: 7, name: 'Grace' }
}.freeze

# Says what is wrong with the key id and the secret, without their values.
def find_configuration_fault(key_id, secret)
  { 'ZENDESK_KEY_ID' => key_id, 'ZENDESK_SECRET' => secret }.each do |name, value|
    return "#{name} is not set: copy it from Zendesk's Admin Center." if value.empty?
    return "#{name} has quotes or white space around it: remove them." if value.match?(/\A[\s'"]|[\s'"]\z/)
  end
  if secret.match?(KEY_ID)
    'ZENDESK_KEY_ID and ZENDESK_SECRET are exchanged: the key id begins with app_.'
  elsif key_id.start_with?('act_')
    'ZENDESK_KEY_ID is an API key (act_…): use a key for messaging (app_…).'
  elsif !key_id.match?(KEY_ID)
    'ZENDESK_KEY_ID is not a key id: use app_ and 24 hex digits from the Admin Center.'
  end
end

def sign_token(user, key_id, secret)
  # Zendesk refuses a number: "42", not 42.
  external_id = user[:id].to_s
  unless external_id.length.between?(1, MAX_ID_LENGTH)
    raise ArgumentError, "The user's id must have 1 to #{MAX_ID_LENGTH} characters, but has #{external_id.length}."
  end

  # to_i: Time.now.to_f would give fractions. With Rails, 15.minutes.from_now.to_i, not the time itself.
  now = Time.now.to_i
  claims = {
    scope: 'user',
    external_id: external_id,
    iat: now,
    exp: now + LIFETIME_S,
    jti: SecureRandom.uuid # makes two tokens of the same second differ
  }
  claims[:name] = user[:name] if user[:name]
  claims.update(email: user[:email], email_verified: user[:email_verified]) if user[:email]
  # The secret is text. It looks like base64, but do not decode it. The gem adds alg, but not typ.
  JWT.encode(claims, secret, 'HS256', { typ: 'JWT', kid: key_id })
end

# Whether a page of another site sent the request. Browsers that do not send Sec-Fetch-Site send Origin.
def from_another_site?(request)
  site = request['Sec-Fetch-Site']
  return site != 'same-origin' if site

  origin = request['Origin']
  # A proxy that changes Host makes them differ. Then compare with the host name of your site.
  !origin.nil? && origin.sub(%r{\A\w+://}, '') != request['Host']
end

# Answers /zendesk-token. Without CORS headers, no other site can read the answer.
class TokenServlet < WEBrick::HTTPServlet::AbstractServlet
  def initialize(server, key_id, secret)
    super(server)
    @key_id = key_id
    @secret = secret
  end

  def service(request, response)
    response['Cache-Control'] = 'no-store'
    if request.request_method != 'POST'
      response['Allow'] = 'POST'
      answer(response, 405, 'Send a POST.')
    elsif from_another_site?(request)
      answer(response, 403, 'Only pages of this site can request a token.')
    elsif (request['Sec-Purpose'] || request['Purpose'] || '').downcase.include?('prefetch')
      answer(response, 503, 'No token for a page that nobody has opened yet.')
    else
      answer_token(request, response)
    end
  end

  private

  def answer_token(request, response)
    session = request.cookies.find { |cookie| cookie.name == 'session' }&.value
    user = USERS[session]
    token = user && sign_token(user, @key_id, @secret)
    answer(response, 200, { token: token }.to_json, 'application/json')
  rescue StandardError => e
    # WEBrick would show the error to the browser.
    warn e.full_message(highlight: false)
    answer(response, 500, 'The token could not be signed.')
  end

  def answer(response, status, text, content_type = 'text/plain; charset=utf-8')
    response.status = status
    response['Content-Type'] = content_type
    response.body = text
  end
end

key_id = ENV.fetch('ZENDESK_KEY_ID', '')
secret = ENV.fetch('ZENDESK_SECRET', '')
fault = find_configuration_fault(key_id, secret)
abort fault if fault

server = WEBrick::HTTPServer.new(BindAddress: '127.0.0.1', Port: ENV.fetch('PORT', '3000').to_i, AccessLog: [])
server.mount('/zendesk-token', TokenServlet, key_id, secret)
%w[INT TERM].each { |signal| trap(signal) { server.shutdown } }
server.start
