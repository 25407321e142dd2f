using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Differential;

/// <summary>Sends bytes to a peer and reads everything that it answers until it ends the connection, which its time limits see to.</summary>
internal static partial class PeerClient
{
    public static async Task<string> ExchangeAsync(UnixDomainSocketEndPoint endPoint, string text, bool endsStream)
    {
        await using var client = await RawClient.ConnectAsync(endPoint);
        await client.SendAsync(text);
        if (endsStream)
            client.ShutdownSend();
        return await client.Reader.ReadToEndAsync();
    }

    /// <summary>The final statuses in a stream of responses. Our own bodies hold no status lines, and peers' error pages neither.</summary>
    public static IReadOnlyList<int> Statuses(string responses) =>
        [.. StatusLine().Matches(responses).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Where(status => status >= 200)];

    [GeneratedRegex(@"HTTP/1\.[01] ([0-9]{3}) ")]
    private static partial Regex StatusLine();
}
