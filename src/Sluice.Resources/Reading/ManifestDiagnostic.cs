using System.Text;

namespace Sluice.Resources.Reading;

/// <summary>
/// One finding about a manifest. Messages say what is wrong and what would be right, and never contain the values of a Secret.
/// </summary>
/// <param name="Severity">Error: the object is not used. Warning and Info: it is.</param>
/// <param name="File">The path as it was given to the reader.</param>
/// <param name="Line">From 1; 0 when the finding is about the whole file.</param>
/// <param name="Column">From 1; 0 when the finding is about the whole file.</param>
/// <param name="Message">A sentence without the position, the object and the field.</param>
public sealed record ManifestDiagnostic(ManifestSeverity Severity, string File, int Line, int Column, string Message)
{
    /// <summary>The object's kind when it is known.</summary>
    public string? Kind { get; init; }

    /// <summary>The object's "namespace/name" when it is known.</summary>
    public string? Object { get; init; }

    /// <summary>Path of the field, such as "spec.listeners[0].port"; null when the finding is about the whole object.</summary>
    public string? Field { get; init; }

    /// <summary>"file:line:column: error: Gateway ns/name: spec.listeners[0].port: message".</summary>
    public override string ToString()
    {
        var text = new StringBuilder(File);
        if (Line > 0)
            text.Append(':').Append(Line).Append(':').Append(Column);
        text.Append(Severity switch
        {
            ManifestSeverity.Error => ": error: ",
            ManifestSeverity.Warning => ": warning: ",
            _ => ": info: ",
        });
        if (Kind is not null)
            text.Append(Kind).Append(Object is null ? "" : " ").Append(Object).Append(": ");
        if (Field is not null)
            text.Append(Field).Append(": ");
        return text.Append(Message).ToString();
    }
}
