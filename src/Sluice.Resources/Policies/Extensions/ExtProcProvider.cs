using Sluice.Resources.Policies.Common;
using Sluice.Resources.Policies.Traffic;

namespace Sluice.Resources.Policies.Extensions;

/// <summary>A service that changes exchanges.</summary>
public sealed record ExtProcProvider
{
    /// <summary>The server.</summary>
    public required GrpcServiceSettings GrpcService { get; init; }

    /// <summary>Whether exchanges go on without it when it fails.</summary>
    public bool FailOpen { get; init; } = true;

    /// <summary>What it is sent.</summary>
    public ProcessingMode? ProcessingMode { get; init; }

    /// <summary>Whether its answers may change that.</summary>
    public bool AllowProcessingModeOverride { get; init; }

    /// <summary>To what.</summary>
    public IReadOnlyList<ProcessingMode> AllowedProcessingModeOverrides { get; init; } = [];

    /// <summary>How long one answer may take.</summary>
    public TimeSpan? MessageTimeout { get; init; }

    /// <summary>How far it may put that off.</summary>
    public TimeSpan? MaxMessageTimeout { get; init; }

    /// <summary>For metrics.</summary>
    public string? StatPrefix { get; init; }

    /// <summary>Whether a route is chosen again.</summary>
    public string RouteCacheAction { get; init; } = "FromResponse";

    /// <summary>Metadata that goes with messages.</summary>
    public MetadataOptions? MetadataOptions { get; init; }

    /// <summary>Attributes that go with them.</summary>
    public IReadOnlyList<string> RequestAttributes { get; init; } = [];

    /// <summary>Where among the filters it stands.</summary>
    public FilterStage? FilterStage { get; init; }
}
