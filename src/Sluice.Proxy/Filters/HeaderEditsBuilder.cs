using System.Text;
using Sluice.Configuration;

namespace Sluice.Proxy.Filters;

/// <summary>
/// Composes header modifiers, in the order in which they apply, into one <see cref="HeaderEdits"/>. Within a modifier remove
/// comes first, then set, then add, so that none of the three undoes another. An edit that is not allowed
/// (<see cref="ReservedFields"/>, a name or a value that is none) is left out and reported.
/// </summary>
internal sealed class HeaderEditsBuilder
{
    private readonly List<NameEdits> _edits = [];
    private readonly Dictionary<string, NameEdits> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="modifiers">In the order in which they apply.</param>
    /// <param name="where">What the messages begin with, for example "request header".</param>
    /// <param name="problems">Gets a message for each edit that is left out.</param>
    public static HeaderEdits Build(IReadOnlyList<HeaderModifier> modifiers, string where, ICollection<string> problems) =>
        Build(modifiers, [], where, problems);

    /// <summary>The first modifiers, then the second.</summary>
    public static HeaderEdits Build(
        IReadOnlyList<HeaderModifier> first, IReadOnlyList<HeaderModifier> second, string where, ICollection<string> problems)
    {
        if (first.Count == 0 && second.Count == 0)
            return HeaderEdits.None;
        var builder = new HeaderEditsBuilder();
        foreach (HeaderModifier modifier in first)
            builder.Apply(modifier, where, problems);
        foreach (HeaderModifier modifier in second)
            builder.Apply(modifier, where, problems);
        return builder.Build();
    }

    private void Apply(HeaderModifier modifier, string where, ICollection<string> problems)
    {
        foreach (string name in modifier.Remove)
        {
            if (IsAllowed(name, "", where, problems))
                Of(name).Drop();
        }
        foreach (HeaderValue field in FirstOfEachName(modifier.Set))
        {
            if (IsAllowed(field.Name, field.Value, where, problems))
            {
                Of(field.Name).Drop();
                Of(field.Name).Append(field);
            }
        }
        foreach (HeaderValue field in FirstOfEachName(modifier.Add))
        {
            if (IsAllowed(field.Name, field.Value, where, problems))
                Of(field.Name).Append(field);
        }
    }

    private NameEdits Of(string name)
    {
        if (!_byName.TryGetValue(name, out NameEdits? edits))
        {
            edits = new NameEdits(name);
            _byName.Add(name, edits);
            _edits.Add(edits);
        }
        return edits;
    }

    // "Subsequent entries with an equivalent header name MUST be ignored" (HTTPHeader.name).
    private static IEnumerable<HeaderValue> FirstOfEachName(IReadOnlyList<HeaderValue> fields) =>
        fields.DistinctBy(field => field.Name, StringComparer.OrdinalIgnoreCase);

    private static bool IsAllowed(string name, string value, string where, ICollection<string> problems)
    {
        string? problem = !FieldSyntax.IsName(name) ? $"\"{Printable(name)}\" is no field name"
            : ReservedFields.Contains(name) ? $"\"{name}\" is written by the proxy itself and cannot be changed"
            : !FieldSyntax.IsValue(value) ? $"the value of \"{name}\" has a control character"
            : null;
        if (problem is not null)
            problems.Add($"{where} modifier: {problem}; this edit is left out");
        return problem is null;
    }

    private static string Printable(string name) => string.Concat(name.Select(c => char.IsControl(c) ? '?' : c));

    private HeaderEdits Build()
    {
        var lines = new MemoryStream();
        var lowerNames = new MemoryStream();
        var appended = new List<AppendedField>();
        foreach (HeaderValue field in _edits.SelectMany(edits => edits.Values))
        {
            int start = (int)lines.Length;
            byte[] value = Encoding.UTF8.GetBytes(field.Value.Trim(' ', '\t'));
            lines.Write(Encoding.ASCII.GetBytes(field.Name));
            lines.Write(": "u8);
            lines.Write(value);
            lines.Write("\r\n"u8);
            appended.Add(new AppendedField(start, (int)lowerNames.Length, field.Name.Length, start + field.Name.Length + 2, value.Length));
            lowerNames.Write(Encoding.ASCII.GetBytes(field.Name.ToLowerInvariant()));
        }
        byte[][] removed = [.. _edits.Where(edits => edits.Drops).Select(edits => Encoding.ASCII.GetBytes(edits.Name))];
        return removed.Length == 0 && appended.Count == 0
            ? HeaderEdits.None
            : new HeaderEdits(removed, lines.ToArray(), lowerNames.ToArray(), [.. appended]);
    }

    private sealed class NameEdits(string name)
    {
        public string Name { get; } = name;

        public bool Drops { get; private set; }

        public List<HeaderValue> Values { get; } = [];

        public void Drop()
        {
            Drops = true;
            Values.Clear();
        }

        public void Append(HeaderValue field) => Values.Add(field);
    }
}
