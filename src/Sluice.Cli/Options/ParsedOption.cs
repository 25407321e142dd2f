using System.CommandLine;

namespace Sluice.Cli.Options;

/// <summary>An option whose one value is parsed by a function, with an error that says what would be right.</summary>
internal static class ParsedOption
{
    public delegate bool TryParse<T>(string text, out T value);

    /// <param name="name">Such as "--port".</param>
    /// <param name="helpName">Stands for the value in the help text.</param>
    /// <param name="description">One sentence.</param>
    /// <param name="expected">Completes "--port is 'x'; it must be …".</param>
    /// <param name="parse">False for a value that is not valid.</param>
    public static Option<T> Create<T>(string name, string helpName, string description, string expected, TryParse<T> parse) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (parse(text, out var value))
                return value;
            result.AddError($"{name} is '{text}'; it must be {expected}.");
            return default;
        },
    };
}
