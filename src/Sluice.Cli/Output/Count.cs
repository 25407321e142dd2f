namespace Sluice.Cli.Output;

internal static class Count
{
    /// <summary>"1 file", "2 files".</summary>
    public static string Of(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
