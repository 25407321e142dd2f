using Sluice.Configuration;
using Sluice.Resources.Policies.Backends;

namespace Sluice.Translation.Policies.Backends;

/// <summary>Puts what a BackendConfigPolicy says on a cluster. Compilers of its fields are called here.</summary>
internal static class BackendConfigFields
{
    private static readonly TimeSpan LongestConnect = TimeSpan.FromHours(1);

    /// <param name="cluster">As it would be otherwise.</param>
    /// <param name="policy">All policies for it, merged.</param>
    /// <param name="surroundings">Of the policy.</param>
    public static Cluster Apply(Cluster cluster, BackendConfigPolicy policy, IPolicySurroundings surroundings)
    {
        foreach (var field in policy.Fields)
        {
            switch (field)
            {
                case "connectTimeout" when policy.ConnectTimeout is { } timeout && timeout > TimeSpan.Zero && timeout <= LongestConnect:
                    cluster = cluster with { ConnectTimeout = timeout };
                    break;
                case "connectTimeout":
                    surroundings.Problem(field, "a time of more than 0s and at most 1h is needed");
                    break;
                case "tls":
                    // In the clear nothing may be sent.
                    surroundings.Problem(field, "is not supported by this version, and nothing is sent to the backends; use a BackendTLSPolicy");
                    cluster = cluster with { Endpoints = [] };
                    break;
                default:
                    surroundings.Problem(field, "is not supported by this version and has no effect");
                    break;
            }
        }
        return cluster;
    }
}
