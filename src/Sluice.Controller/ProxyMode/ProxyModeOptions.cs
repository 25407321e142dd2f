using System.Net;
using Sluice.Controller.Standalone;
using Sluice.Proxy;

namespace Sluice.Controller.ProxyMode;

/// <summary>How a proxy runs that a controller configures.</summary>
public sealed record ProxyModeOptions
{
    /// <summary>DNS name or IP address of the controller; IPv6 without brackets.</summary>
    public required string ControllerHost { get; init; }

    public required int ControllerPort { get; init; }

    /// <summary>The Gateway to serve, as "namespace/name".</summary>
    public required string Gateway { get; init; }

    /// <summary>File with the token that proves who this proxy is. Read anew for every connection.</summary>
    public required string TokenFile { get; init; }

    /// <summary>File with the authorities (PEM) that the controller's certificate must lead to, read anew for every connection. Null: those of the system.</summary>
    public string? CaFile { get; init; }

    /// <summary>What the controller's certificate must be for. Null: <see cref="ControllerHost"/>.</summary>
    public string? ServerName { get; init; }

    /// <summary>Folder in which the last good configuration is kept. Null: a proxy that starts while the controller is away serves nothing.</summary>
    public string? StateFolder { get; init; }

    /// <summary>What every listener binds. Empty: every address of the machine, of IPv4 and, where there is one, of IPv6.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    /// <summary>Where the admin endpoint listens; null for none. Default 127.0.0.1:19000.</summary>
    public IPEndPoint? Admin { get; init; } = StandaloneOptions.DefaultAdmin;

    /// <summary>Where <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c> alone are answered too, for the cluster; null for nowhere.</summary>
    public IPEndPoint? Probes { get; init; }

    /// <summary>Worker threads; null for one per processor.</summary>
    public int? Workers { get; init; }

    /// <summary>File with the key of session tokens, the same for all proxies of the Gateway. Null: a key of this process.</summary>
    public string? SessionKeyFile { get; init; }

    /// <summary>How long traffic is still taken after a stop was asked for: until load balancers have noticed that the proxy is not ready. Default 5 s.</summary>
    public TimeSpan DrainDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long exchanges in flight may take to finish afterwards. Default 30 s.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How the proxy calls itself, for people. Default: the host's name, which is the pod's.</summary>
    public string Name { get; init; } = Environment.MachineName;

    /// <summary>How much is counted of requests. Default <see cref="Proxy.MetricsDetail.Listener"/>.</summary>
    public MetricsDetail MetricsDetail { get; init; } = MetricsDetail.Listener;

    /// <summary>File with the token that requests show to have their answers explained, read again when it changes. Null: nothing is explained.</summary>
    public string? ExplainTokenFile { get; init; }

    /// <summary>For <c>/metrics</c>.</summary>
    public string Version { get; init; } = "";
}
