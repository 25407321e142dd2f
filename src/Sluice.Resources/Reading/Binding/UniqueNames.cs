using System.Globalization;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>Lists whose items are told apart by name or another key (x-kubernetes-list-map-keys), and lists of different strings (list-type set).</summary>
internal static class UniqueNames
{
    /// <summary>Items whose key another one has.</summary>
    public static void Check(BindingContext context, Node list, string key = "name")
    {
        if (list.Kind != NodeKind.Sequence || list.Count < 2)
            return;
        var seen = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var item in list)
        {
            if (item.TryGet(key, out var name) && name.Kind is NodeKind.String or NodeKind.Integer && !seen.TryAdd(name.Text, name))
                context.Error(name, $"must be unique in this list, {Describe.Quoted(name.Text)} stands on line {seen[name.Text].Line.ToString(CultureInfo.InvariantCulture)} already");
        }
    }

    public static void CheckStrings(BindingContext context, Node list)
    {
        if (list.Kind != NodeKind.Sequence || list.Count < 2)
            return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list)
        {
            if (item.Kind == NodeKind.String && !seen.Add(item.Text))
                context.Error(item, $"must be unique in this list, {Describe.Quoted(item.Text)} stands there already");
        }
    }
}
