using Sluice.Resources.Reading.Binding;
using Sluice.Resources.Reading.Binding.Policies;
using Sluice.Resources.Reading.Nodes;
using Sluice.Resources.Schemas.GatewayApi;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Forms of values that several policies have.</summary>
internal static class PolicyShapes
{
    /// <summary>Characters of the longest duration.</summary>
    private const int LongestDuration = 28;

    private const int MaxTargets = 16;
    private const int MaxLabels = 16;

    /// <summary>With a length, so that rules across durations cost an API server little.</summary>
    public static SchemaNode Duration { get; } = NameSchemas.Duration with { MaxLength = LongestDuration };

    public static SchemaNode Cidr { get; } = Text(1, 64) with { Check = PolicyNames.Cidr };

    public static SchemaNode Labels { get; } = Map(NameSchemas.LabelValue, MaxLabels)
        .Rule("self.all(key, key.matches('^[-A-Za-z0-9_./]{1,317}$'))", "must have names of labels, such as \"app\" or \"example.com/team\"", HasLabelNames) with
    { MinProperties = 1 };

    /// <summary>A Service or a Backend. Of a Service, the port too.</summary>
    public static SchemaNode Backend { get; } = ReferenceSchemas.Backend.Rule(
        "self.group == '' && self.kind == 'Service' ? has(self.port) : true",
        "must have a port: a reference to a Service needs the Service's port",
        node => node.TryGet("port", out _) || !IsService(node));

    /// <param name="least">Such as "1ms".</param>
    public static SchemaNode DurationOf(string least)
    {
        GatewayDuration.TryParse(least, out var min);
        var check = Duration with { Check = value => PolicyNames.DurationOf(value, min, least), Description = $"At least {least}." };
        return check.Rule($"duration(self) >= duration('{least}')", $"must be at least {least}");
    }

    /// <summary>Bytes, as a number or with a unit: 65536, 64Ki, 1Mi.</summary>
    public static SchemaNode Quantity(long min, long max) =>
        IntOrString with { Minimum = min, Maximum = max, Check = value => PolicyNames.Quantity(value, min, max) };

    /// <param name="kinds">What the policy may be for: "group/Kind", of the core group "Kind", separated by spaces.</param>
    public static SchemaField TargetRefs(string kinds) => Optional(
        "targetRefs",
        List(Target(kinds, Required("name", NameSchemas.ObjectName, "The object's name.")), 1, MaxTargets),
        "What the policy is for, in its own namespace.");

    /// <inheritdoc cref="TargetRefs" />
    public static SchemaField TargetSelectors(string kinds) => Optional(
        "targetSelectors",
        List(Target(kinds, Required("matchLabels", Labels, "All must be there.")), 1, MaxTargets),
        "What the policy is for, by labels.");

    private static SchemaNode Target(string kinds, SchemaField which)
    {
        var known = kinds.Split(' ').Select(kind => kind.Split('/')).Select(parts => (Group: parts.Length == 1 ? "" : parts[0], Kind: parts[^1])).ToArray();
        var expression = string.Join(" || ", known.Select(one => $"(self.group == '{one.Group}' && self.kind == '{one.Kind}')"));
        return Object(
            Required("group", NameSchemas.Group, "The API group of the object; empty for core."),
            Required("kind", NameSchemas.Kind, "The kind of the object."),
            which,
            Optional("sectionName", NameSchemas.SectionName, "A listener, a rule or a port by name. Absent: all of the object."))
            .Rule(expression, $"must name one of {kinds.Replace(" ", ", ", StringComparison.Ordinal)}", node => known.Contains((TextOf(node, "group"), TextOf(node, "kind"))));
    }

    private static bool HasLabelNames(Node labels)
    {
        foreach (var label in labels)
        {
            if (Names.QualifiedName(label.Key) is not null)
                return false;
        }

        return true;
    }

    private static bool IsService(Node reference) => TextOf(reference, "group").Length == 0 && TextOf(reference, "kind") is "" or "Service";

    private static string TextOf(Node node, string name) => node.TryGet(name, out var value) ? value.Text : "";
}
