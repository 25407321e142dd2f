using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Cli.Echo;

/// <summary>Who the demo backend is and where it listens. Port 0 takes a free port; null leaves that server out.</summary>
internal sealed record EchoOptions
{
    public required IPAddress Address { get; init; }

    public int Port { get; init; }

    /// <summary>A port that speaks HTTP/2 only; <see cref="Port"/> itself also takes HTTP/2 with prior knowledge.</summary>
    public int? Http2Port { get; init; }

    public int? TcpPort { get; init; }

    public int? UdpPort { get; init; }

    /// <summary>HTTP/1.1 and HTTP/2 over TLS.</summary>
    public int? TlsPort { get; init; }

    /// <summary>The line based TCP echo over TLS.</summary>
    public int? TcpTlsPort { get; init; }

    /// <summary>With its key; there when one of the ports above is.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Signs the client certificates that are taken; null when any is. None needs to be shown either way.</summary>
    public X509Certificate2Collection? ClientAuthority { get; init; }

    public string Namespace { get; init; } = "";

    public string Ingress { get; init; } = "";

    public string Service { get; init; } = "";

    public string Pod { get; init; } = "";

    /// <summary>Begins every line of the log, so that several backends can share one output.</summary>
    public string LinePrefix { get; init; } = "";

    /// <summary>Paths that are answered with 302 to another one.</summary>
    public IReadOnlyDictionary<string, string> Redirects { get; init; } = new Dictionary<string, string>();
}
