namespace Sluice.Cli.Output;

/// <summary>ANSI colours (SGR parameters).</summary>
internal static class Style
{
    public const string Bold = "1";
    public const string Faint = "2";
    public const string Red = "31";
    public const string Green = "32";
    public const string Yellow = "33";
    public const string Cyan = "36";
}
