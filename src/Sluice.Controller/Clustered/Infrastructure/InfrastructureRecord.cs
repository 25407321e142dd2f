using Sluice.Resources;

namespace Sluice.Controller.Clustered.Infrastructure;

/// <summary>One Gateway's infrastructure. Guarded by the <see cref="InfrastructureWriter"/> that it stands in.</summary>
internal sealed class InfrastructureRecord(NamespacedName gateway, string label)
{
    public NamespacedName Gateway { get; } = gateway;

    public string Label { get; } = label;

    /// <summary>Null: the Gateway is not ours any more, or gone.</summary>
    public WantedInfrastructure? Wanted { get; set; }

    /// <summary>When it is to be looked at; null: there is nothing to do.</summary>
    public DateTimeOffset? Due { get; set; }

    public bool IsBusy { get; set; }

    /// <summary>What was applied last.</summary>
    public WantedInfrastructure? Written { get; set; }

    public DateTimeOffset LastApply { get; set; }

    /// <summary>Times in a row that it was applied again, because somebody else had changed it.</summary>
    public int Rewrites { get; set; }

    /// <summary>Requests in a row that the API server refused.</summary>
    public int Refusals { get; set; }
}
