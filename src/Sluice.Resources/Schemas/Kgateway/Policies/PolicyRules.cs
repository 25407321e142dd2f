using System.Globalization;
using Sluice.Resources.Reading.Binding;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Rules across the fields of certain parts of policies.</summary>
internal static class PolicyRules
{
    private static readonly string[] TargetFields = ["targetRefs", "targetSelectors"];

    /// <summary>spec has the field only when everything that it is for is of some kinds.</summary>
    /// <param name="node">spec.</param>
    /// <param name="field">The field.</param>
    /// <param name="kinds">Separated by spaces.</param>
    public static SchemaNode OnlyFor(this SchemaNode node, string field, string kinds)
    {
        var known = kinds.Split(' ');
        var list = string.Join(", ", known.Select(kind => $"'{kind}'"));
        var targets = string.Join(" && ", TargetFields.Select(name => $"(!has(self.{name}) || self.{name}.all(target, target.kind in [{list}]))"));
        return node.Rule(
            $"!has(self.{field}) || ({targets})",
            $"must not have {field} when it is for others than {string.Join(" and ", known.Select(kind => kind + "s"))}",
            spec => !spec.TryGet(field, out _) || TargetFields.All(name => All(spec, name, target => known.Contains(Text(target, "kind")))));
    }

    /// <summary>A try ends before the whole exchange must.</summary>
    public static SchemaNode TriesWithinTimeout(this SchemaNode spec) => spec.Rule(
        "!has(self.retry) || !has(self.retry.perTryTimeout) || !has(self.timeouts) || !has(self.timeouts.request) || duration(self.timeouts.request) == duration('0s') || duration(self.retry.perTryTimeout) < duration(self.timeouts.request)",
        "must have a retry.perTryTimeout that is shorter than timeouts.request",
        node => Time(node, "retry", "perTryTimeout") is not { } one || Time(node, "timeouts", "request") is not { } all || all == TimeSpan.Zero || one < all);

    /// <summary>Of two durations, the first is not longer.</summary>
    public static SchemaNode NotLonger(this SchemaNode part, string field, string other) => part.Rule(
        $"!has(self.{field}) || !has(self.{other}) || duration(self.{field}) <= duration(self.{other})",
        $"must have a {field} that is not longer than {other}",
        node => Time(node, field) is not { } one || Time(node, other) is not { } two || one <= two);

    /// <summary>Of two numbers, the first is not larger.</summary>
    public static SchemaNode NotLarger(this SchemaNode part, string field, string other) => part.Rule(
        $"!has(self.{field}) || !has(self.{other}) || self.{field} <= self.{other}",
        $"must have a {field} that is not larger than {other}",
        node => Number(node, field) is not { } one || Number(node, other) is not { } two || one <= two);

    /// <summary>The first field needs the second one to be false.</summary>
    public static SchemaNode NeedsFalse(this SchemaNode part, string field, string flag) => part.Rule(
        $"!has(self.{field}) || (has(self.{flag}) && !self.{flag})",
        $"must have {flag}: false beside {field}",
        node => !node.TryGet(field, out _) || (node.TryGet(flag, out var value) && !BindingContext.IsTrue(value)));

    /// <summary>The field is not true beside another one.</summary>
    public static SchemaNode NotTrueWith(this SchemaNode part, string flag, string field) => part.Rule(
        $"!has(self.{flag}) || !self.{flag} || !has(self.{field})",
        $"must not have {flag} beside {field}",
        node => !node.TryGet(flag, out var value) || !BindingContext.IsTrue(value) || !node.TryGet(field, out _));

    /// <summary>Where an OAuth 2 provider is: by its metadata, or by both of its endpoints.</summary>
    public static SchemaNode HasEndpoints(this SchemaNode provider) => provider.Rule(
        "has(self.issuerURI) || (has(self.authorizationEndpoint) && has(self.tokenEndpoint))",
        "must have issuerURI, or authorizationEndpoint and tokenEndpoint",
        node => node.TryGet("issuerURI", out _) || (node.TryGet("authorizationEndpoint", out _) && node.TryGet("tokenEndpoint", out _)));

    private static bool All(Node spec, string list, Func<Node, bool> check)
    {
        if (!spec.TryGet(list, out var items))
            return true;
        foreach (var item in items)
        {
            if (!check(item))
                return false;
        }

        return true;
    }

    private static TimeSpan? Time(Node node, string part, string field) => node.TryGet(part, out var value) ? Time(value, field) : null;

    private static TimeSpan? Time(Node node, string field) =>
        node.TryGet(field, out var value) && GatewayDuration.TryParse(value.Text, out var time) ? time : null;

    private static long? Number(Node node, string field) =>
        node.TryGet(field, out var value) && long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(Node node, string field) => node.TryGet(field, out var value) ? value.Text : "";
}
