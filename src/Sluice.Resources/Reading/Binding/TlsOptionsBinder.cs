using System.Globalization;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>
/// spec.listeners[].tls.options: strings by name. A list of strings is taken too, as if it were written with commas, because
/// that is how many write cipher suites; a cluster would refuse it, so it gets a warning.
/// </summary>
internal static class TlsOptionsBinder
{
    private const int MaxOptions = 16;
    private const int MaxLength = 4096;

    public static IReadOnlyDictionary<string, string> Read(BindingContext context, Node node)
    {
        if (!context.Mapping(node) || node.Count == 0)
            return ObjectMeta.EmptyMap;
        if (node.Count > MaxOptions)
            context.Error(node, $"must have at most {MaxOptions} entries, has {node.Count.ToString(CultureInfo.InvariantCulture)}");
        var entries = new List<string>(node.Count * 2);
        foreach (var option in node)
        {
            if ((option.Kind == NodeKind.Sequence ? Joined(context, option) : option.IsNull ? "" : context.String(option, 0, MaxLength)) is not { } value)
                continue;
            entries.Add(context.Strings.Share(option.Key));
            entries.Add(value);
        }
        return entries.Count == 0 ? ObjectMeta.EmptyMap : context.Shared.Map([.. entries]);
    }

    private static string? Joined(BindingContext context, Node list)
    {
        var errors = context.Errors;
        var items = context.List(list, 0, 64, static (c, item) => c.String(item, 1, 253));
        if (context.Errors > errors)
            return null;
        var value = string.Join(',', items);
        if (value.Length > MaxLength)
        {
            context.Error(list, $"must have at most {MaxLength} characters");
            return null;
        }
        context.Warning(list, $"is a list, which is read as \"{value}\": write it so, because a cluster takes only strings here");
        return value;
    }
}
