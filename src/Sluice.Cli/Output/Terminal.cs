namespace Sluice.Cli.Output;

/// <summary>Standard output, coloured when it is a terminal and NO_COLOR is not set.</summary>
internal sealed class Terminal(TextWriter writer, bool hasColour)
{
    public static Terminal Output { get; } = new(
        Console.Out,
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb"));

    public void WriteLine(string text = "") => writer.WriteLine(text);

    public string Paint(string text, string style) => hasColour ? $"\e[{style}m{text}\e[0m" : text;
}
