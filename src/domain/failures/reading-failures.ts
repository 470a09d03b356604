import { type FailureCode, factoryReset } from './failure.js';

/** Codes of targets that could not be reached or read. */
export const readingFailures = {
  'connect-refused': {
    meaning: 'The address exists but nothing listens on the web ports: the web server is off, or the ports are others.',
    hint: 'Enterprise phones have it off by default: switch it on in Unified CM (product-specific field "Web Access"). On Multiplatform phones set Enable_Web_Server by provisioning. Check --http-port and --https-port.',
    kind: 'transient',
  },
  'connect-timeout': {
    meaning: 'Nobody answered at this address within the connect timeout.',
    hint: 'The address is free, the phone is off, or a firewall drops the traffic; raise --timeout on slow links.',
    kind: 'transient',
  },
  'connect-reset': {
    meaning: 'The connection was closed before a byte was answered.',
    hint: 'The phone may be restarting or serving somebody else; run again later.',
    kind: 'transient',
  },
  'host-unreachable': {
    meaning: 'The network says there is no way to this address.',
    hint: 'Check routing and VLANs from the machine that runs fleet-migrate.',
    kind: 'transient',
  },
  'local-resources': {
    meaning: 'This machine had nothing left to connect with (sockets, ports, memory); nothing is known of the phone.',
    hint: 'Raise the limit of open files (ulimit -n, in a systemd unit LimitNOFILE=) or lower --probe-concurrency and --concurrency; then go on with fleet-migrate resume, or run again.',
    kind: 'ours',
  },
  'local-refused': {
    meaning: 'This machine itself refused to connect to the address; nothing is known of the phone.',
    hint: 'Look at the firewall and the routes of this machine (nft list ruleset, ip route get ADDRESS), then run again; or exclude the address.',
    kind: 'ours',
  },
  'name-lookup-failed': {
    meaning: 'No name server said whether the host name has an address.',
    hint: 'Look at the name servers of this machine (/etc/resolv.conf), then run again; or list the phone by its address.',
    kind: 'ours',
  },
  'unresolved-host': {
    meaning: 'The host name has no IPv4 address.',
    hint: 'Correct the name in the target list, or use the address.',
    kind: 'permanent',
  },
  'response-timeout': {
    meaning: 'It accepted the connection and then said nothing.',
    hint: 'The web server hangs: restart the phone (unplug it) and run again.',
    kind: 'transient',
  },
  'body-timeout': {
    meaning: 'The answer stopped half-way and nothing more came.',
    hint: 'The web server is overloaded or hangs; restart the phone, or raise --timeout.',
    kind: 'transient',
  },
  'connection-lost': {
    meaning: 'The connection was closed in the middle of an answer.',
    hint: 'The phone may be restarting; run again later.',
    kind: 'transient',
  },
  'session-timeout': {
    meaning: 'Reading this phone took longer than a whole session may.',
    hint: 'The web server is very slow; raise --timeout, or restart the phone.',
    kind: 'transient',
  },
  'response-too-large': {
    meaning: 'The answer was larger than any phone page is, and was cut off.',
    hint: 'This is hardly a phone; exclude the address.',
    kind: 'permanent',
  },
  'headers-too-large': {
    meaning: 'The answer had more than 16 KB of headers.',
    hint: 'This is hardly a phone; exclude the address.',
    kind: 'permanent',
  },
  'malformed-response': {
    meaning: 'What came back is not HTTP.',
    hint: 'Another service listens on this port; check --http-port and --https-port, or exclude the address.',
    kind: 'permanent',
  },
  'wrong-protocol': {
    meaning: 'The port speaks TLS where plain HTTP was expected, or the other way round.',
    hint: 'Set --scheme, --http-port or --https-port to what the phones use.',
    kind: 'permanent',
  },
  'tls-failed': {
    meaning: 'The TLS handshake failed.',
    hint: 'The web server or its certificate is broken: restart the phone, or reach it with --scheme http where it offers that.',
    kind: 'permanent',
  },
  'tls-too-old': {
    meaning: 'The phone only speaks TLS versions, ciphers or keys that are too old to be safe.',
    hint: 'Upgrade the phone, or offer old TLS for this run with --tls-legacy; it is written into the report.',
    kind: 'permanent',
  },
  'certificate-untrusted': {
    meaning: "The phone's certificate is not signed by an authority we trust.",
    hint: "Give the manufacturing CA's certificates with --ca FILE; --insecure skips the check for this run and is written into the report.",
    kind: 'permanent',
  },
  'certificate-expired': {
    meaning: "The phone's certificate has run out, or is not valid yet.",
    hint: 'Check the date of the machine that runs fleet-migrate first. Where the certificate really is out of date, the phone needs a new one from its administrator; --insecure skips the check for this run and is written into the report.',
    kind: 'permanent',
  },
  'certificate-mismatch': {
    meaning: "The certificate is trusted but not this phone's: it names another MAC, or neither a MAC nor the address.",
    hint: 'Somebody else may answer at this address (a proxy, another phone): look there before anything else. --insecure skips the check for this run and is written into the report.',
    kind: 'permanent',
  },
  'redirect-loop': {
    meaning: 'The phone redirects in circles.',
    hint: 'Check the web server settings of the phone; restart it.',
    kind: 'permanent',
  },
  'redirect-elsewhere': {
    meaning: 'It redirects to another host; that was not followed.',
    hint: 'A captive portal or proxy answers instead of the phone; check the network, or exclude the address.',
    kind: 'permanent',
  },
  'redirect-downgrade': {
    meaning: 'From https it redirects to plain http; that was not followed.',
    hint: 'Set the phone to one protocol (Enable Protocol), or reach it with --scheme http if passwords may be read on this network.',
    kind: 'permanent',
  },
  'http-error': {
    meaning: 'The page was answered with an error status.',
    hint: 'Open the page in a browser to see what the phone says; restart the phone.',
    kind: 'transient',
  },
  'empty-page': {
    meaning: 'It answered with an empty page.',
    hint: 'The web server may still be starting; run again later.',
    kind: 'transient',
  },
  'page-unreadable': {
    meaning: 'It looks like a phone, but its page could not be read for sure.',
    hint: 'Open /admin/advanced in a browser and compare its labels with profiles/phones/multiplatform.yaml: add those that are missing there, or report them to us.',
    kind: 'permanent',
  },
  'not-a-phone': {
    meaning: 'Something answered that is not a Cisco 7800/8800-style phone.',
    hint: 'Where no phone should be, there is nothing to do; exclude the address to save the time. Where one should be, see who has its address.',
    kind: 'permanent',
  },
  'auth-required': {
    meaning: 'The admin page asks for a password.',
    hint: `Give it with --password-env or --password-file, or in the configuration file. Where nobody knows it, only a factory reset at the phone takes it away: ${factoryReset}`,
    kind: 'permanent',
  },
  'password-wrong': {
    meaning: 'The phone refused the password that was given.',
    hint: `Give the right one and run again: each phone is tried once a run. Where nobody knows it, only a factory reset at the phone takes it away: ${factoryReset}`,
    kind: 'permanent',
  },
  'password-held-back': {
    meaning: 'The phone asks for a password, and was not told it: too many others have refused theirs.',
    hint: 'Nothing was sent to this phone. Give the right password and run again. Where just the others have another one, leave them out by --exclude, or let more phones be told: --abort-after password-wrong:50.',
    kind: 'ours',
  },
  'set-password-page': {
    meaning: 'The phone wants its first admin password to be set before it shows anything.',
    hint: 'Open the phone in a browser and set the password, then run again; or let a run that writes set it from the credentials of its address with --set-initial-password.',
    kind: 'permanent',
  },
  'locked-out': {
    meaning: 'The phone has shut its door for now: too many sign-ins, by us or by others.',
    hint: 'Leave it alone for an hour or restart it, then run again with the right password and without --try-passwords.',
    kind: 'permanent',
  },
  'login-form-unclear': {
    meaning: 'The phone shows a login form that could not be understood for sure, so nothing was typed in.',
    hint: 'Open the phone in a browser; add the labels of its form to signIn in profiles/phones/multiplatform.yaml, or take its password away.',
    kind: 'permanent',
  },
  'web-admin-off': {
    meaning: 'Web administration is switched off on this phone.',
    hint: `Only a factory reset at the phone brings it back (Enable Web Admin Access): ${factoryReset}`,
    kind: 'permanent',
  },
} as const satisfies Record<string, FailureCode>;
