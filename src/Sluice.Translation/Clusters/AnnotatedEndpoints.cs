using System.Globalization;
using System.Net;
using Sluice.Configuration;

namespace Sluice.Translation.Clusters;

/// <summary>Reads the annotation sluice.dev/endpoints: "IP:port" entries with commas between them, IPv6 in brackets.</summary>
internal static class AnnotatedEndpoints
{
    /// <summary>Bad entries are left out, each with a line in <paramref name="faults"/>.</summary>
    public static IReadOnlyList<Endpoint> Read(string annotation, List<string> faults)
    {
        var endpoints = new List<Endpoint>();
        foreach (var part in annotation.Split(','))
        {
            var entry = part.Trim();
            if (Parse(entry) is not { } endpoint)
                faults.Add($"\"{entry}\" is not an IP address with a port; write for example 127.0.0.1:3000 or [::1]:3000");
            else if (!endpoints.Contains(endpoint))
                endpoints.Add(endpoint);
        }
        return endpoints;
    }

    private static Endpoint? Parse(string entry)
    {
        var colon = entry.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            return null;
        var host = entry[..colon];
        var isBracketed = host.StartsWith('[') && host.EndsWith(']');
        if (isBracketed)
            host = host[1..^1];
        if (!IPAddress.TryParse(host, out var address) || host.Contains(':', StringComparison.Ordinal) != isBracketed)
            return null;

        // IPAddress also reads "1" and "0x7f.1": only four decimal numbers are an address here.
        return isBracketed || address.ToString() == host ? new Endpoint(address.ToString(), port) : null;
    }
}
