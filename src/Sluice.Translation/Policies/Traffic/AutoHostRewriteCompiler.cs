using System.Net;
using Sluice.Configuration;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>TrafficPolicy.spec.autoHostRewrite: backends get their own name as Host, unless a URLRewrite names another.</summary>
internal static class AutoHostRewriteCompiler
{
    /// <param name="rule">The rule, compiled.</param>
    /// <param name="hostname">The name of a cluster (<see cref="Hostname"/>); null: it has none, and the request's host stays.</param>
    public static RouteRule Apply(RouteRule rule, Func<string, string?> hostname)
    {
        if (rule.Action is not ForwardAction forward || rule.UrlRewrite?.Hostname is not null)
            return rule;
        var backends = new WeightedBackend[forward.Backends.Count];
        var isChanged = false;
        for (var i = 0; i < backends.Length; i++)
        {
            var backend = forward.Backends[i];
            backends[i] = backend;
            if (backend.Cluster is null || backend.Answer is not null || backend.UrlRewrite?.Hostname is not null || hostname(backend.Cluster) is not { } name)
                continue;

            // A backend's rewrite stands for the rule's as a whole.
            var rewrite = backend.UrlRewrite ?? rule.UrlRewrite ?? new UrlRewrite();
            backends[i] = backend with { UrlRewrite = rewrite with { Hostname = name } };
            isChanged = true;
        }
        return isChanged ? rule with { Action = new ForwardAction(backends) } : rule;
    }

    /// <summary>The first name among a cluster's endpoints, or else the name of its Service in the cluster's DNS; null for addresses without either.</summary>
    public static string? Hostname(Cluster cluster)
    {
        foreach (var endpoint in cluster.Endpoints)
        {
            if (!IPAddress.TryParse(endpoint.Address, out _))
                return endpoint.Address;
        }

        // "namespace/service:port" and what follows; other kinds of backends have more in front.
        var slash = cluster.Name.IndexOf('/', StringComparison.Ordinal);
        var colon = slash < 0 ? -1 : cluster.Name.IndexOf(':', slash);
        return colon > slash + 1 && slash > 0 && cluster.Name.AsSpan(slash + 1, colon - slash - 1).IndexOf('/') < 0
            ? $"{cluster.Name[(slash + 1)..colon]}.{cluster.Name[..slash]}.svc.cluster.local"
            : null;
    }
}
