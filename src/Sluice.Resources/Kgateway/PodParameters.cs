using System.Text.Json;

namespace Sluice.Resources.Kgateway;

/// <summary>podTemplate. The JSON is what a pod has under the same name; lists are lists.</summary>
public sealed record PodParameters
{
    public ExtraMetadata Metadata { get; init; } = ExtraMetadata.None;

    public JsonElement? SecurityContext { get; init; }

    public JsonElement? ImagePullSecrets { get; init; }

    public IReadOnlyDictionary<string, string> NodeSelector { get; init; } = ObjectMeta.EmptyMap;

    public JsonElement? Affinity { get; init; }

    public JsonElement? Tolerations { get; init; }

    public JsonElement? TopologySpreadConstraints { get; init; }

    public JsonElement? ExtraVolumes { get; init; }

    public string? PriorityClassName { get; init; }

    /// <summary>gracefulShutdown.enabled.</summary>
    public bool? IsShutdownGraceful { get; init; }

    /// <summary>gracefulShutdown.sleepTimeSeconds.</summary>
    public int? ShutdownSleepSeconds { get; init; }

    public int? TerminationGracePeriodSeconds { get; init; }

    public JsonElement? StartupProbe { get; init; }

    public JsonElement? ReadinessProbe { get; init; }

    public JsonElement? LivenessProbe { get; init; }

    internal PodParameters Over(PodParameters below) => new()
    {
        Metadata = Metadata.Over(below.Metadata),
        SecurityContext = ParameterJson.Over(SecurityContext, below.SecurityContext),
        ImagePullSecrets = ImagePullSecrets ?? below.ImagePullSecrets,
        NodeSelector = ExtraMetadata.Over(NodeSelector, below.NodeSelector),
        Affinity = ParameterJson.Over(Affinity, below.Affinity),
        Tolerations = Tolerations ?? below.Tolerations,
        TopologySpreadConstraints = TopologySpreadConstraints ?? below.TopologySpreadConstraints,
        ExtraVolumes = ExtraVolumes ?? below.ExtraVolumes,
        PriorityClassName = PriorityClassName ?? below.PriorityClassName,
        IsShutdownGraceful = IsShutdownGraceful ?? below.IsShutdownGraceful,
        ShutdownSleepSeconds = ShutdownSleepSeconds ?? below.ShutdownSleepSeconds,
        TerminationGracePeriodSeconds = TerminationGracePeriodSeconds ?? below.TerminationGracePeriodSeconds,
        StartupProbe = StartupProbe ?? below.StartupProbe,
        ReadinessProbe = ReadinessProbe ?? below.ReadinessProbe,
        LivenessProbe = LivenessProbe ?? below.LivenessProbe,
    };
}
