namespace Sluice.Resources.Reading;

/// <summary>How much a <see cref="ManifestDiagnostic"/> matters.</summary>
public enum ManifestSeverity
{
    /// <summary>Worth knowing: a kind that is not read.</summary>
    Info,

    /// <summary>The object is used, but part of what was written has no effect: an unknown field.</summary>
    Warning,

    /// <summary>The object, or the part of the file that was found broken, is not used.</summary>
    Error,
}
