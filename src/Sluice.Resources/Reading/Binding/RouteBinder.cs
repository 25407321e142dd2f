using System.Globalization;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>What the routes of several kinds have in common: parentRefs, hostnames, and rules that concern all rules together.</summary>
internal static class RouteBinder
{
    private const int MaxParents = 32;
    private const int MaxHostnames = 16;
    private const int MaxMatches = 128;

    /// <summary>Two references to one parent must differ in sectionName or port, and then both must have it.</summary>
    public static ParentReference[] Parents(BindingContext context, Node node)
    {
        var parents = context.List(node, 0, MaxParents, References.Parent);
        if (parents.Length < 2 || parents.Length != node.Count)
            return parents;
        var i = 0;
        foreach (var item in node)
        {
            var parent = parents[i];
            for (var j = 0; j < i; j++)
            {
                var other = parents[j];
                if (parent.Group != other.Group || parent.Kind != other.Kind || parent.Name != other.Name || parent.Namespace != other.Namespace)
                    continue;
                if (parent.SectionName == other.SectionName && parent.Port == other.Port)
                    context.Error(item, $"repeats parentRefs[{Text(j)}]: references to the same parent must differ in sectionName or port");
                else if (parent.SectionName is null != other.SectionName is null || parent.Port is null != other.Port is null)
                    context.Error(item, $"names the same parent as parentRefs[{Text(j)}]: then both must have a sectionName, or both a port");
                else
                    continue;
                break;
            }

            i++;
        }

        return parents;
    }

    public static string[] Hostnames(BindingContext context, Node node) =>
        context.List(node, 0, MaxHostnames, static (c, item) => c.Name(item, Names.Hostname));

    /// <summary>useDefaultGateways (experimental channel, GEP-3793).</summary>
    public static void DefaultGateways(BindingContext context, Node node)
    {
        if (context.Word(node, "All, None") == "All")
            context.Warning(node, "has no effect: default Gateways are not supported; name the Gateway in parentRefs");
    }

    /// <param name="context">Where findings go.</param>
    /// <param name="node">The list of rules.</param>
    /// <param name="matches">The number of matches of all rules together.</param>
    public static void CheckRules(BindingContext context, Node node, int matches)
    {
        if (matches > MaxMatches)
            context.Error(node, $"all rules together must have at most {Text(MaxMatches)} matches, have {Text(matches)}");
        if (node.Count < 2)
            return;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rule in node)
        {
            if (rule.TryGet("name", out var name) && !names.Add(name.Text))
                context.Warning(name, $"should be unique within the route: {Describe.Quoted(name.Text)} names another rule too");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
