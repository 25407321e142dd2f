namespace Sluice.Conformance;

/// <summary>What a test expected did not come true.</summary>
internal sealed class ConformanceException : Exception
{
    public ConformanceException(string message)
        : base(message)
    {
    }
}
