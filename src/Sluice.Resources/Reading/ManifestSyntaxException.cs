namespace Sluice.Resources.Reading;

/// <summary>The text is no YAML or JSON, or is more of it than the limits allow. Caught by <see cref="ManifestReader"/>.</summary>
internal sealed class ManifestSyntaxException(int line, int column, string message) : Exception(message)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
