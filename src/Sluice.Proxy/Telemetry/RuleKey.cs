using System.Globalization;
using Sluice.Configuration;

namespace Sluice.Proxy.Telemetry;

/// <summary>What makes a rule the same rule in another configuration: its listener, its route, and its name or else its index.</summary>
/// <param name="Listener">Name in the configuration.</param>
/// <param name="Route">As "HTTPRoute/namespace/name".</param>
/// <param name="Rule">Name, or index.</param>
internal readonly record struct RuleKey(string Listener, string Route, string Rule)
{
    public static RuleKey Of(string listener, RouteRule rule) =>
        new(listener, rule.Route, string.IsNullOrEmpty(rule.Name) ? rule.Index.ToString(CultureInfo.InvariantCulture) : rule.Name);
}
