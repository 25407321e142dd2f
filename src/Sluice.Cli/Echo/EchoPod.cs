using System.Net;

namespace Sluice.Cli.Echo;

/// <summary>
/// One entry of the file that <c>--pods</c> names. Ports as in <see cref="EchoOptions"/>; null leaves that server out. What has
/// a default is settable: the generated reader writes null over the defaults of init-only members.
/// </summary>
internal sealed record EchoPod
{
    public required string Name { get; init; }

    public required string Namespace { get; init; }

    /// <summary>An IP address of this machine; any of 127.0.0.0/8 will do.</summary>
    public required string Address { get; init; }

    public string Service { get; set; } = "";

    public string Ingress { get; set; } = "";

    public int Port { get; set; } = 3000;

    public int? H2cPort { get; set; }

    public int? Tcp { get; set; }

    public int? Udp { get; set; }

    public int? TlsPort { get; set; }

    public int? TcpTlsPort { get; set; }

    /// <summary>PEM files, needed by <see cref="TlsPort"/> and <see cref="TcpTlsPort"/>.</summary>
    public string? Certificate { get; set; }

    public string? Key { get; set; }

    /// <summary>A PEM file of authorities: client certificates that are shown must be of one of them.</summary>
    public string? ClientCa { get; set; }

    public EchoOptions ToOptions() => new()
    {
        Address = IPAddress.TryParse(Address, out var address) ? address : throw new UserErrorException($"--pods: pod {Namespace}/{Name}: address \"{Address}\" is no IP address."),
        Port = Port,
        Http2Port = H2cPort,
        TcpPort = Tcp,
        UdpPort = Udp,
        TlsPort = TlsPort,
        TcpTlsPort = TcpTlsPort,
        Certificate = EchoCertificate.Load(Certificate, Key, isNeeded: TlsPort is not null || TcpTlsPort is not null),
        ClientAuthority = EchoCertificate.LoadAuthority(ClientCa, isServed: TlsPort is not null),
        Pod = Name,
        Namespace = Namespace,
        Service = Service,
        Ingress = Ingress,
        LinePrefix = $"[{Namespace}/{Name}] ",
    };
}
