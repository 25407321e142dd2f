using System.Globalization;
using Sluice.Resources.Reading.Nodes;
using Sluice.Resources.Reading.Text;

namespace Sluice.Resources.Reading.Binding;

/// <summary>
/// What binders share while one object is read: where findings go, and the checked ways to read a value. A read that finds
/// something wrong reports it and returns null, so that one pass finds every mistake of an object.
/// </summary>
internal sealed partial class BindingContext(StringPool strings)
{
    private FindingList? _findings;
    private string _file = "";

    public StringPool Strings { get; } = strings;

    public SharedValues Shared { get; } = new();

    /// <summary>The object at hand, for the diagnostics; known as soon as its name is read.</summary>
    public string? Kind { get; private set; }

    public string? ObjectName { get; set; }

    /// <summary>Errors of the object at hand.</summary>
    public int Errors { get; private set; }

    /// <summary>Values stay out of messages: the object is a Secret.</summary>
    public bool HidesValues { get; set; }

    public void StartFile(string file, FindingList findings)
    {
        _file = file;
        _findings = findings;
        StartObject(null);
    }

    public void StartObject(string? kind)
    {
        Kind = kind;
        ObjectName = null;
        Errors = 0;
        HidesValues = false;
    }

    public void Error(Node node, string message)
    {
        Errors++;
        Report(ManifestSeverity.Error, node.Line, node.Column, PathOrNull(node), message);
    }

    /// <summary>"must be …, found …" at a value.</summary>
    public void MustBe(Node node, string what) =>
        Error(node, $"must be {what}, found {(HidesValues ? Describe.FoundKind(node.Kind) : Describe.Found(node))}");

    /// <summary>A required field of a mapping that is not there.</summary>
    public void Missing(Node mapping, string field, string what)
    {
        Errors++;
        var path = mapping.Path;
        Report(ManifestSeverity.Error, mapping.KeyLine, mapping.KeyColumn, path.Length == 0 ? field : $"{path}.{field}", $"is required: {what}");
    }

    public void Warning(Node node, string message) =>
        Report(ManifestSeverity.Warning, node.KeyLine, node.KeyColumn, PathOrNull(node), message);

    public void Info(Node node, string message) =>
        Report(ManifestSeverity.Info, node.KeyLine, node.KeyColumn, null, message);

    /// <summary>A field that the kind does not have.</summary>
    /// <param name="field">The field.</param>
    /// <param name="known">The names that stand here, separated by spaces.</param>
    public void Unknown(Node field, string known)
    {
        var near = Spelling.Nearest(field.Key, known);
        var hint = near is not null ? $"did you mean \"{near}\"?" : $"known here: {known.Replace(" ", ", ", StringComparison.Ordinal)}";
        Report(ManifestSeverity.Warning, field.KeyLine, field.KeyColumn, PathOrNull(field), $"unknown field, has no effect; {hint}");
    }

    private static string? PathOrNull(Node node)
    {
        var path = node.Path;
        return path.Length == 0 ? null : path;
    }

    private void Report(ManifestSeverity severity, int line, int column, string? field, string message) =>
        _findings!.Add(new ManifestDiagnostic(severity, _file, line, column, message) { Kind = Kind, Object = ObjectName, Field = field });

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
