package dns

import (
	"fmt"
	"net/netip"
	"strings"

	"golang.org/x/net/dns/dnsmessage"
)

// text is a record as a zone file has it, but without the points at the ends of names.
func text(body dnsmessage.ResourceBody) string {
	switch r := body.(type) {
	case *dnsmessage.AResource:
		return netip.AddrFrom4(r.A).String()
	case *dnsmessage.AAAAResource:
		return netip.AddrFrom16(r.AAAA).String()
	case *dnsmessage.CNAMEResource:
		return r.CNAME.String()
	case *dnsmessage.NSResource:
		return r.NS.String()
	case *dnsmessage.PTRResource:
		return r.PTR.String()
	case *dnsmessage.MXResource:
		return fmt.Sprint(r.Pref, " ", r.MX)
	case *dnsmessage.SRVResource:
		return fmt.Sprint(r.Priority, " ", r.Weight, " ", r.Port, " ", r.Target)
	case *dnsmessage.SOAResource:
		return fmt.Sprint(r.NS, " ", r.MBox, " ", r.Serial, " ", r.Refresh, " ", r.Retry, " ", r.Expire, " ", r.MinTTL)
	case *dnsmessage.TXTResource:
		return strings.Join(r.TXT, "")
	}
	return ""
}

// normal is a record in the form in which two of them are compared: letters of either
// case are the same, an address has one form, and a name needs no point at its end.
func normal(record string) string {
	if address, err := netip.ParseAddr(record); err == nil {
		return address.String()
	}
	fields := strings.Fields(strings.ToLower(record))
	for k, f := range fields {
		if f != "." {
			fields[k] = strings.TrimSuffix(f, ".")
		}
	}
	return strings.Join(fields, " ")
}
