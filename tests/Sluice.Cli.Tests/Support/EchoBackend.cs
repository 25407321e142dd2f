using System.Globalization;
using System.Text.RegularExpressions;

namespace Sluice.Cli.Tests.Support;

/// <summary><c>sluice echo</c> on free ports.</summary>
internal sealed partial class EchoBackend : IAsyncDisposable
{
    private readonly SluiceProcess _process;
    private readonly string _line;

    private EchoBackend(SluiceProcess process, string line)
    {
        _process = process;
        _line = line;
    }

    public int Port => PortOf("http");

    public int Http2Port => PortOf("h2c");

    public int TcpPort => PortOf("tcp");

    public int UdpPort => PortOf("udp");

    public int TlsPort => PortOf("https");

    public int TcpTlsPort => PortOf("tcp+tls");

    public Uri Uri => new($"http://127.0.0.1:{Port}");

    public Task<string> WaitForLogLineAsync(string text) => _process.WaitForLineAsync(text);

    public static async Task<EchoBackend> StartAsync(string name, params string[] arguments)
    {
        var process = SluiceProcess.Start(["echo", "--port", "0", "--name", name, .. arguments]);
        try
        {
            return new EchoBackend(process, await process.WaitForLineAsync("sluice echo: "));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private int PortOf(string scheme)
    {
        foreach (Match match in Addresses().Matches(_line))
        {
            if (match.Groups["scheme"].Value == scheme)
                return int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture);
        }
        throw new InvalidOperationException($"The echo has no {scheme} address: {_line}");
    }

    [GeneratedRegex(@"(?<scheme>[\w+]+)://\S+:(?<port>\d+)")]
    private static partial Regex Addresses();
}
