namespace Sluice.Resources.Reading;

/// <summary>A manifest that is no YAML or JSON.</summary>
/// <param name="line">From 1; 0 when it is about the whole.</param>
/// <param name="column">From 1; 0 when it is about the whole.</param>
/// <param name="message">What is wrong, without the position.</param>
public sealed class ManifestJsonException(int line, int column, string message) : Exception(message)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
