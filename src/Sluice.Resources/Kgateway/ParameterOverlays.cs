namespace Sluice.Resources.Kgateway;

/// <summary>The overlays, each in the order in which they are applied: those of the class first.</summary>
public sealed record ParameterOverlays
{
    public IReadOnlyList<ParameterOverlay> Deployment { get; init; } = [];

    /// <summary>A field of ours, beside <see cref="KubeParameters.DaemonSet"/>.</summary>
    public IReadOnlyList<ParameterOverlay> DaemonSet { get; init; } = [];

    public IReadOnlyList<ParameterOverlay> Service { get; init; } = [];

    public IReadOnlyList<ParameterOverlay> ServiceAccount { get; init; } = [];

    /// <summary>One is made when there is any.</summary>
    public IReadOnlyList<ParameterOverlay> PodDisruptionBudget { get; init; } = [];

    /// <summary>One is made when there is any.</summary>
    public IReadOnlyList<ParameterOverlay> HorizontalPodAutoscaler { get; init; } = [];

    /// <summary>One is made when there is any.</summary>
    public IReadOnlyList<ParameterOverlay> VerticalPodAutoscaler { get; init; } = [];

    internal ParameterOverlays Over(ParameterOverlays below) => new()
    {
        Deployment = [.. below.Deployment, .. Deployment],
        DaemonSet = [.. below.DaemonSet, .. DaemonSet],
        Service = [.. below.Service, .. Service],
        ServiceAccount = [.. below.ServiceAccount, .. ServiceAccount],
        PodDisruptionBudget = [.. below.PodDisruptionBudget, .. PodDisruptionBudget],
        HorizontalPodAutoscaler = [.. below.HorizontalPodAutoscaler, .. HorizontalPodAutoscaler],
        VerticalPodAutoscaler = [.. below.VerticalPodAutoscaler, .. VerticalPodAutoscaler],
    };
}
