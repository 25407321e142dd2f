namespace Sluice.Expressions.Cel;

/// <summary>Why an evaluation has no result.</summary>
public sealed class CelError(string message)
{
    public string Message { get; } = message;

    public override string ToString() => Message;
}
