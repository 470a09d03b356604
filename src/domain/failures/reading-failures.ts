import { type FailureCode, factoryReset } from './failure.js';

/** Codes of targets that could not be reached or read. */
export const readingFailures = {
  'connect-refused': {
    meaning: 'The address exists, but nothing listens on the web ports: the web server is off or uses other ports.',
    hint: 'Enterprise phones have it off by default: switch it on in Unified CM (product-specific field "Web Access"). On Multiplatform phones set Enable_Web_Server by provisioning. Check --http-port and --https-port.',
    kind: 'transient',
  },
  'connect-timeout': {
    meaning: 'Nothing answered at this address within the connect timeout.',
    hint: 'The address is unused, the phone is off, or a firewall drops the traffic; raise --timeout on slow links.',
    kind: 'transient',
  },
  'connect-reset': {
    meaning: 'The connection was closed before the first byte of a response.',
    hint: 'The phone may be restarting or busy with another client; run again later.',
    kind: 'transient',
  },
  'host-unreachable': {
    meaning: 'The network has no route to this address.',
    hint: 'Check routing and VLANs from the machine that runs fleet-migrate.',
    kind: 'transient',
  },
  'local-resources': {
    meaning: 'This machine ran out of sockets, ports or memory; nothing is known about the phone.',
    hint: 'Raise the limit of open files (ulimit -n, in a systemd unit LimitNOFILE=) or lower --probe-concurrency and --concurrency; then continue with fleet-migrate resume, or run again.',
    kind: 'ours',
  },
  'local-refused': {
    meaning: 'This machine itself refused to connect to the address; nothing is known about the phone.',
    hint: 'Check the firewall and the routes of this machine (nft list ruleset, ip route get ADDRESS), then run again; or exclude the address.',
    kind: 'ours',
  },
  'name-lookup-failed': {
    meaning: 'No name server could say whether the host name has an address.',
    hint: 'Check the name servers of this machine (/etc/resolv.conf), then run again; or list the phone by its address.',
    kind: 'ours',
  },
  'unresolved-host': {
    meaning: 'The host name has no IPv4 address.',
    hint: 'Correct the name in the target list, or use the address.',
    kind: 'permanent',
  },
  'not-found-by-mac': {
    meaning: 'A list gives the MAC of this phone and no address, and no phone that was read has this MAC.',
    hint: 'Scan the subnet that it is in (--subnet), or give its address in the list. If it was scanned, the phone is off, shows nothing without a password, or has its web page off: look for the MAC in Unified CM or DHCP.',
    kind: 'transient',
  },
  'response-timeout': {
    meaning: 'The web server accepted the connection, but sent no response.',
    hint: 'The web server hangs: restart the phone (unplug it) and run again.',
    kind: 'transient',
  },
  'body-timeout': {
    meaning: 'The response stopped halfway.',
    hint: 'The web server is overloaded or hangs; restart the phone, or raise --timeout.',
    kind: 'transient',
  },
  'connection-lost': {
    meaning: 'The connection was closed in the middle of a response.',
    hint: 'The phone may be restarting; run again later.',
    kind: 'transient',
  },
  'session-timeout': {
    meaning: 'Reading this phone took longer than one session may last.',
    hint: 'The web server is very slow; raise --timeout, or restart the phone.',
    kind: 'transient',
  },
  'response-too-large': {
    meaning: 'The response was larger than any phone page and was cut off.',
    hint: 'This is most likely not a phone; exclude the address.',
    kind: 'permanent',
  },
  'headers-too-large': {
    meaning: 'The response had more than 16 KB of headers.',
    hint: 'This is most likely not a phone; exclude the address.',
    kind: 'permanent',
  },
  'malformed-response': {
    meaning: 'The response is not HTTP.',
    hint: 'Another service listens on this port; check --http-port and --https-port, or exclude the address.',
    kind: 'permanent',
  },
  'wrong-protocol': {
    meaning: 'The port speaks TLS where plain HTTP was expected, or the reverse.',
    hint: 'Set --scheme, --http-port or --https-port to what the phones use.',
    kind: 'permanent',
  },
  'tls-failed': {
    meaning: 'The TLS handshake failed.',
    hint: 'The web server or its certificate is broken: restart the phone, or use --scheme http if the phone offers it.',
    kind: 'permanent',
  },
  'tls-too-old': {
    meaning: 'The phone only speaks TLS versions, ciphers or keys that are too old to be safe.',
    hint: 'Upgrade the phone, or allow old TLS for this run with --tls-legacy; the report says so.',
    kind: 'permanent',
  },
  'certificate-untrusted': {
    meaning: "The phone's certificate is not signed by a trusted authority.",
    hint: "Give the manufacturing CA's certificates with --ca FILE; --insecure skips the check for this run, and the report says so.",
    kind: 'permanent',
  },
  'certificate-expired': {
    meaning:
      "The phone's certificate has expired or is not valid yet. A manufacturing certificate (MIC) lasts ten years, or until 14 May 2029; those of 2016 have expired.",
    hint: 'First check the date of this machine. A phone renews its MIC by itself from MPP 12.0(3); from 11.3(5) to 12.0(2) by MIC_Cert_Refresh_Enable (Voice > Provisioning > MIC Cert Settings). To reach it until then: --allow-expired-mic with --ca takes one that names its MAC and is otherwise valid; the report says so.',
    kind: 'permanent',
  },
  'certificate-mismatch': {
    meaning: "The certificate is trusted but not this phone's: it names another MAC, or neither a MAC nor the address.",
    hint: 'Another device may answer at this address (a proxy, another phone): check that first. --insecure skips the check for this run, and the report says so.',
    kind: 'permanent',
  },
  'redirect-loop': {
    meaning: 'The phone redirects in circles.',
    hint: 'Check the web server settings of the phone; restart it.',
    kind: 'permanent',
  },
  'redirect-elsewhere': {
    meaning: 'The address redirects to another host, which was not followed.',
    hint: 'A captive portal or proxy answers instead of the phone; check the network, or exclude the address.',
    kind: 'permanent',
  },
  'redirect-downgrade': {
    meaning: 'The phone redirects from HTTPS to plain HTTP, which was not followed.',
    hint: 'Set the phone to one protocol (Enable Protocol), or use --scheme http if passwords may cross this network unencrypted.',
    kind: 'permanent',
  },
  'http-error': {
    meaning: 'The web server responded with an error status.',
    hint: 'Open the page in a browser to see what the phone says; restart the phone.',
    kind: 'transient',
  },
  'empty-page': {
    meaning: 'The web server responded with an empty page.',
    hint: 'The web server may still be starting; run again later.',
    kind: 'transient',
  },
  'page-unreadable': {
    meaning: 'This looks like a phone, but its page could not be read reliably.',
    hint: 'Run fleet-migrate probe ADDRESS: it says which labels the page has and which are nearly known. Add what is missing in a folder of your own with --phone-profiles, or send us what fleet-migrate capture keeps (docs/first-contact.md).',
    kind: 'permanent',
  },
  'not-a-phone': {
    meaning: 'Something answered that is not a Cisco 7800/8800-style phone.',
    hint: 'If no phone belongs at this address, there is nothing to do; exclude the address to save time. If one does, find out which device uses its address.',
    kind: 'permanent',
  },
  'auth-required': {
    meaning: 'The admin page asks for a password.',
    hint: `Give it with --password-env or --password-file, or in the configuration file. If it is lost, only a factory reset at the phone removes it: ${factoryReset}`,
    kind: 'permanent',
  },
  'password-wrong': {
    meaning: 'The phone refused the password.',
    hint: `Give the right one and run again: each phone is tried once per run. If it is lost, only a factory reset at the phone removes it: ${factoryReset}`,
    kind: 'permanent',
  },
  'password-held-back': {
    meaning: 'The phone asks for a password, but it was not sent: too many other phones have refused theirs.',
    hint: 'No password was sent to this phone. Give the right password and run again. If only the other phones have a different one, leave them out with --exclude, or allow more refusals with --abort-after password-wrong:50.',
    kind: 'ours',
  },
  'set-password-page': {
    meaning: 'The phone shows nothing until its first admin password is set.',
    hint: 'Open the phone in a browser and set the password, then run again; or let a run that writes set it from the credentials for its address with --set-initial-password.',
    kind: 'permanent',
  },
  'locked-out': {
    meaning: 'The phone refuses sign-ins for now: there were too many, from this run or from others.',
    hint: 'Leave it alone for an hour or restart it, then run again with the right password and without --try-passwords.',
    kind: 'permanent',
  },
  'login-form-unclear': {
    meaning: 'The phone shows a login form that could not be read reliably, so no password was sent.',
    hint: 'Open the phone in a browser; add the labels of its form to signIn in a folder of your own (--phone-profiles, docs/first-contact.md), or remove its password.',
    kind: 'permanent',
  },
  'web-admin-off': {
    meaning: 'Web administration is switched off on this phone.',
    hint: `Only a factory reset at the phone brings it back (Enable Web Admin Access): ${factoryReset}`,
    kind: 'permanent',
  },
} as const satisfies Record<string, FailureCode>;
