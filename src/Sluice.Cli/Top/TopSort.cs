namespace Sluice.Cli.Top;

/// <summary>What <c>sluice top</c> shows first.</summary>
internal enum TopSort
{
    Rate,
    Errors,
    Latency,
    Bytes,
}
