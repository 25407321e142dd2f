using Sluice.Configuration;
using Sluice.Resources.Policies.Backends;

namespace Sluice.Translation.Policies.Backends;

/// <summary>Everything that a Backend may be. A type gets its compiler here.</summary>
internal static class BackendTypes
{
    private static readonly Cluster Probe = new() { Name = "", Endpoints = [] };

    private static readonly BackendType[] All =
    [
        new("static", backend => backend.Static is not null, StaticBackendCompiler.Compile),
        new("dynamicForwardProxy", backend => backend.DynamicForwardProxy is not null, null),
        new("aws", backend => backend.Aws is not null, null),
        new("gcp", backend => backend.Gcp is not null, null),
        new("priorityGroups", backend => backend.PriorityGroups.Count > 0, null),
        new("ai", backend => backend.Ai is not null, null),
        new("mcp", backend => backend.Mcp is not null, null),
    ];

    /// <summary>Whether it can be used, if only in part.</summary>
    public static bool Check(Backend backend, IPolicySurroundings surroundings) => Compile(backend, Probe, surroundings) is not null;

    /// <param name="backend">The Backend.</param>
    /// <param name="cluster">Its cluster, without endpoints.</param>
    /// <param name="surroundings">Of the Backend.</param>
    /// <returns>Null, with a problem reported, when it cannot be used.</returns>
    public static Cluster? Compile(Backend backend, Cluster cluster, IPolicySurroundings surroundings)
    {
        var types = Array.FindAll(All, type => type.IsSet(backend));
        if (types.Length != 1)
        {
            surroundings.Problem("spec", $"must have exactly one of {string.Join(", ", All.Select(type => type.Field))}");
            return null;
        }
        if (types[0].Compile is { } compile)
            return compile(backend, cluster, surroundings);
        surroundings.Problem(types[0].Field, "is not supported by this version; requests for it are answered with 500");
        return null;
    }
}
