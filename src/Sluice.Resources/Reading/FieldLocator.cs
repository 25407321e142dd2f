using System.Globalization;
using Sluice.Resources.Reading.Json;
using Sluice.Resources.Reading.Nodes;
using Sluice.Resources.Reading.Text;
using Sluice.Resources.Reading.Yaml;

namespace Sluice.Resources.Reading;

/// <summary>
/// Finds where fields stand in a manifest, for findings that are made long after it was read: objects remember only the line
/// that they begin on.
/// </summary>
public sealed class FieldLocator
{
    private readonly Dictionary<(int ObjectLine, string Field), (int Line, int Column)> _found = [];

    /// <param name="path">A name that ends in .json means JSON.</param>
    /// <param name="content">The bytes of the file, as read before. What cannot be read finds nothing.</param>
    /// <param name="wanted">Lines of objects (<see cref="SourceLocation.Line"/>) and fields such as "spec.rules[0].matches".</param>
    public FieldLocator(string path, ReadOnlySpan<byte> content, IEnumerable<(int ObjectLine, string Field)> wanted)
    {
        var fields = wanted.ToLookup(field => field.ObjectLine, field => field.Field);
        var text = TextCheck.SkipByteOrderMark(content);
        var parts = new ManifestReaderParts(ManifestLimits.Default);
        try
        {
            TextCheck.Check(text);
            if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            {
                var parser = new JsonParser(text, parts.Builder, parts.Strings, parts.Limits.MaxDepth);
                while (parser.Read())
                    Look(parts.Tree.Root, fields);
                return;
            }
            foreach (var document in DocumentSplitter.Split(text))
            {
                var reader = new YamlTreeReader(text.Slice(document.Start, document.Length), document.FirstLine, parts.Builder, parts.Strings);
                while (reader.Read())
                    Look(parts.Tree.Root, fields);
            }
        }
        catch (ManifestSyntaxException)
        {
            // The reader has reported it; what stands before the broken part is found.
        }
    }

    /// <summary>The place of the field, or of the nearest one above it that is there; null when the object is not found.</summary>
    public (int Line, int Column)? Find(int objectLine, string field) => _found.TryGetValue((objectLine, field), out var place) ? place : null;

    private void Look(Node root, ILookup<int, string> fields)
    {
        LookAt(root, fields);
        if (!root.TryGet("items", out var items))
            return;
        foreach (var item in items)
            LookAt(item, fields);
    }

    private void LookAt(Node value, ILookup<int, string> fields)
    {
        foreach (var field in fields[value.Line])
        {
            var node = Follow(value, field);
            _found.TryAdd((value.Line, field), (node.KeyLine, node.KeyColumn));
        }
    }

    private static Node Follow(Node node, string field)
    {
        foreach (var part in field.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part[0] == '[' ? !TryItem(node, part, out var next) : !node.TryGet(part, out next))
                break;
            node = next;
        }
        return node;
    }

    private static bool TryItem(Node list, string part, out Node item)
    {
        item = default;
        if (list.Kind != NodeKind.Sequence || !int.TryParse(part.AsSpan().Trim("[]"), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return false;
        foreach (var child in list)
        {
            if (index-- == 0)
            {
                item = child;
                return true;
            }
        }
        return false;
    }
}
