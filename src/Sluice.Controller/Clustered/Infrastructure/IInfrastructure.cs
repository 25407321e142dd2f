using Sluice.Controller.Addresses;
using Sluice.Controller.Publishing;
using Sluice.Controller.Telemetry;

namespace Sluice.Controller.Clustered.Infrastructure;

/// <summary>Where the Gateways of a cluster are served, and what is made in the cluster for that.</summary>
internal interface IInfrastructure : IAsyncDisposable
{
    /// <summary>Gives Gateways their addresses.</summary>
    IPreparedAddresses Addresses { get; }

    IDataPlane DataPlane { get; }

    /// <summary>Follows what is in the cluster, until cancelled, whether or not this controller leads.</summary>
    Task RunAsync(CancellationToken cancellation);

    /// <summary>Completes when it is known what is in the cluster: before that no Gateway's addresses can be told.</summary>
    Task HasSynced { get; }

    /// <summary>What is in force now; says what is wanted in the cluster.</summary>
    void Want(ControllerState state);

    /// <summary>Writes to the cluster until cancelled, while this controller leads.</summary>
    Task LeadAsync(CancellationToken cancellation);

    void WriteMetrics(PrometheusWriter metrics);
}
