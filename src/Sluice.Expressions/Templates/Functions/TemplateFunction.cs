namespace Sluice.Expressions.Templates;

/// <summary>
/// A function, filter or test. Filters and tests get the value they stand behind as the first argument; <see cref="Parameters"/> does not
/// count it.
/// </summary>
internal sealed class TemplateFunction(string description, string name, string[] parameters, int required, TemplateImplementation implementation)
{
    /// <summary>The value included.</summary>
    public const int MaxArguments = 5;

    public string Name => name;

    public string[] Parameters => parameters;

    /// <summary>How many of the parameters must be given.</summary>
    public int Required => required;

    public TemplateImplementation Implementation => implementation;

    /// <summary>For messages, as in: the filter "join".</summary>
    public override string ToString() => $"the {description} \"{name}\"";
}
