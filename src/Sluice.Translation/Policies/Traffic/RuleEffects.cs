using Sluice.Configuration;
using Sluice.Configuration.Policies;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>What policies make of a rule. What the rule says itself, by fields and filters of the Gateway API, wins over them.</summary>
/// <param name="rule">Without policies.</param>
/// <param name="hostOf">The name that a cluster's backends are known by; null when they have none.</param>
internal sealed class RuleEffects(RouteRule rule, Func<string, string?> hostOf)
{
    private static readonly RouteAction ServerError = new ForwardAction([]);
    private bool _isRefused;

    /// <summary>As the route says it.</summary>
    public RouteRule BuiltIn { get; } = rule;

    /// <summary>With what was applied until now.</summary>
    public RouteRule Rule { get; set; } = rule;

    /// <summary>What is asked of requests; the same as <see cref="None"/> until something is.</summary>
    public RequestPolicies Policies { get; set; } = None;

    public static RequestPolicies None { get; } = new();

    /// <summary>Whether requests go on to backends.</summary>
    public bool Forwards => BuiltIn.Action is ForwardAction;

    public string? HostOf(string cluster) => hostOf(cluster);

    /// <summary>Something that guards the rule cannot be put in force: every request is answered with 500.</summary>
    public void Refuse() => _isRefused = true;

    public RouteRule Result()
    {
        if (_isRefused)
        {
            return new RouteRule
            {
                Route = BuiltIn.Route,
                Index = BuiltIn.Index,
                Name = BuiltIn.Name,
                IsGrpc = BuiltIn.IsGrpc,
                Action = ServerError,
                ResponseHeaders = BuiltIn.ResponseHeaders,
                Cors = Rule.Cors,
            };
        }
        return Policies == None ? Rule : Rule with { Policies = Policies };
    }
}
