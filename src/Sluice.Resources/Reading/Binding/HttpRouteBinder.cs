using System.Globalization;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

internal static class HttpRouteBinder
{
    private const int MaxParents = 32;
    private const int MaxHostnames = 16;
    private const int MaxRules = 16;
    private const int MaxMatches = 128;

    private static readonly HttpRouteRule[] DefaultRules = [new()];

    public static KubernetesObject? Read(BindingContext context, ObjectMeta metadata, Node root)
    {
        if (!ObjectFields.Spec(context, root, "parentRefs, hostnames and rules", out var spec))
            return null;
        ParentReference[] parents = [];
        string[] hostnames = [];
        var rules = DefaultRules;
        foreach (var field in spec)
        {
            switch (field.Key)
            {
                case "parentRefs":
                    parents = context.List(field, 0, MaxParents, References.Parent);
                    CheckParents(context, field, parents);
                    break;
                case "hostnames":
                    hostnames = context.List(field, 0, MaxHostnames, static (c, item) => c.Name(item, Names.Hostname));
                    break;
                case "rules" when !field.IsNull:
                    rules = context.List(field, 1, MaxRules, HttpRuleBinder.Read);
                    CheckRules(context, field, rules);
                    break;
                case "rules":
                    break;
                case "useDefaultGateways":
                    context.Word(field, "All, None");
                    break;
                default:
                    context.Unknown(field, "parentRefs hostnames rules useDefaultGateways");
                    break;
            }
        }

        if (context.Errors > 0)
            return null;
        return new HttpRoute { Metadata = metadata, ParentRefs = context.Shared.Parents(parents), Hostnames = context.Shared.Strings(hostnames), Rules = rules };
    }

    /// <summary>Two references to one parent must differ in sectionName or port, and then both must have it.</summary>
    private static void CheckParents(BindingContext context, Node node, ParentReference[] parents)
    {
        if (parents.Length < 2 || parents.Length != node.Count)
            return;
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
    }

    private static void CheckRules(BindingContext context, Node node, HttpRouteRule[] rules)
    {
        var matches = 0;
        foreach (var rule in rules)
            matches += rule.Matches.Count;
        if (matches > MaxMatches)
            context.Error(node, $"all rules together must have at most {Text(MaxMatches)} matches, have {Text(matches)}");
        if (rules.Length < 2)
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
