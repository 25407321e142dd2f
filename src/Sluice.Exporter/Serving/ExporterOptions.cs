using System.Net;
using Sluice.Exporter.Families;
using Sluice.Exporter.Scraping;
using Sluice.Kubernetes.Access;
using Sluice.Proxy.Local;

namespace Sluice.Exporter.Serving;

/// <summary>What is shown, and where.</summary>
public sealed record ExporterOptions
{
    public static IPEndPoint DefaultEndPoint { get; } = new(IPAddress.Loopback, 8080);

    /// <summary>Of the cluster.</summary>
    public required ClusterAccess Access { get; init; }

    /// <summary>Where scrapers come; port 0 takes a free one. Default 127.0.0.1:8080.</summary>
    public IPEndPoint EndPoint { get; init; } = DefaultEndPoint;

    /// <summary>Null: cleartext.</summary>
    public LocalTls? Tls { get; init; }

    /// <summary>Gives the token that scrapers must send; asked with every request. Null: none.</summary>
    public Func<string>? Token { get; init; }

    /// <summary>Default those of the Gateway API.</summary>
    public IReadOnlyList<StateKind> Kinds { get; init; } = StateKinds.GatewayApi;

    /// <summary>Follows objects by watches, instead of listing them with every scrape. Default false.</summary>
    public bool Watch { get; init; }

    /// <summary>The longest time that a scrape may take; less when the scraper says that it waits less. Default 8 s, which fits the 10 s of Prometheus.</summary>
    public TimeSpan ScrapeTimeout { get; init; } = TimeSpan.FromSeconds(8);

    public ExporterLimits Limits { get; init; } = ExporterLimits.Default;

    /// <summary>Of this program; for a metric.</summary>
    public string Version { get; init; } = "";

    /// <summary>Takes lines for people about what goes wrong. Must not throw. Default: nobody is told.</summary>
    public Action<string> Problem { get; init; } = _ => { };

    /// <summary>Takes defects that were caught. Default: nobody is told.</summary>
    public Action<Exception> Faulted { get; init; } = _ => { };

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
