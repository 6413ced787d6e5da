#!/bin/sh
# Calls the mock with curl, and signs with openssl. URL is what the mock printed; with --tls, CA is the file that it names.
# Without arguments it creates a task; with an action and a body, it calls that action.
set -eu
: "${URL:?}" "${SECRET_ID:=AKIDmock}" "${SECRET_KEY:=mock-secret-key}"
action=${1:-CreateAutoCalloutTask}
body='{"SdkAppId":1400123455,"NotBefore":1642500621,"Callees":["008613012345678"],"Callers":["008602012345678"],"IvrId":8}'
[ $# -lt 2 ] || body=$2
host=${URL#*://}
set -- $(date -u '+%s %Y-%m-%d')
timestamp=$1 scope=$2/ccc/tc3_request

sha256() { openssl dgst -sha256 -hex | sed 's/.*= *//'; }
hmac() { printf %s "$2" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$1" | sed 's/.*= *//'; }

canonical=$(printf 'POST\n/\n\ncontent-type:application/json\nhost:%s\n\ncontent-type;host\n%s' \
  "$host" "$(printf %s "$body" | sha256)")
text=$(printf 'TC3-HMAC-SHA256\n%s\n%s\n%s' "$timestamp" "$scope" "$(printf %s "$canonical" | sha256)")

key=$(printf 'TC3%s' "$SECRET_KEY" | od -An -v -tx1 | tr -d ' \n')
for part in "$2" ccc tc3_request; do key=$(hmac "$key" "$part"); done

curl --silent --show-error ${CA:+--cacert "$CA"} "$URL" \
  --header 'Content-Type: application/json' \
  --header "X-TC-Action: $action" \
  --header 'X-TC-Version: 2020-02-10' \
  --header "X-TC-Timestamp: $timestamp" \
  --header "Authorization: TC3-HMAC-SHA256 Credential=$SECRET_ID/$scope, SignedHeaders=content-type;host, Signature=$(hmac "$key" "$text")" \
  --data-raw "$body"
