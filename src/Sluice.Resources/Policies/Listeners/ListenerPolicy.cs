namespace Sluice.Resources.Policies.Listeners;

/// <summary>gateway.kgateway.dev/v1alpha1 ListenerPolicy: what holds for the listeners of Gateways.</summary>
public sealed record ListenerPolicy : AttachedPolicy
{
    public override string Kind => "ListenerPolicy";

    /// <summary>For all of them.</summary>
    public ListenerSettings? Default { get; init; }

    /// <summary>For those on a port, instead of the default.</summary>
    public IReadOnlyList<PortSettings> PerPort { get; init; } = [];
}
