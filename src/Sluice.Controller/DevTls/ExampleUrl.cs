using System.Globalization;

namespace Sluice.Controller.DevTls;

/// <summary>Something to try.</summary>
/// <param name="Host">A hostname, or null when the address itself is asked for.</param>
/// <param name="Address">Where the Gateway is bound.</param>
/// <param name="Port">The port that is bound.</param>
internal sealed record ExampleUrl(string? Host, string Address, int Port)
{
    /// <summary>Arguments for curl: where the name leads, and the URL.</summary>
    public string Curl()
    {
        var address = Address.Contains(':', StringComparison.Ordinal) ? $"[{Address}]" : Address;
        var url = $"https://{Host ?? address}{(Port == 443 ? "" : string.Create(CultureInfo.InvariantCulture, $":{Port}"))}/";
        return Host is null ? url : string.Create(CultureInfo.InvariantCulture, $"--resolve {Host}:{Port}:{address} {url}");
    }
}
