using System.Globalization;
using System.Net;

namespace Sluice.Cli.Options;

/// <summary>A host by name or address, IPv6 without brackets, and a port.</summary>
internal sealed record HostAndPort(string Host, int Port)
{
    public static bool TryParse(string text, out HostAndPort? value)
    {
        value = null;
        var colon = text.LastIndexOf(':');
        if (colon < 1 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > IPEndPoint.MaxPort)
            return false;
        var host = text[..colon];
        if (host is ['[', .. var inner, ']'])
            host = IPAddress.TryParse(inner, out var address) ? address.ToString() : "";
        else if (host.Contains(':', StringComparison.Ordinal))
            host = "";
        if (Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6)
            value = new HostAndPort(host, port);
        return value is not null;
    }
}
