namespace Sluice.Configuration.Policies;

/// <summary>A password hash, an API key or the like. It can be asked for and nothing else: it never shows itself in messages or dumps.</summary>
public sealed class SecretText(string text) : IEquatable<SecretText>
{
    /// <summary>Stands for a secret that is known to be there, but not here: a configuration without its secrets was read.</summary>
    public static SecretText Withheld { get; } = new("");

    /// <summary>The secret itself.</summary>
    public string Reveal() => text;

    public bool Equals(SecretText? other) => other is not null && string.Equals(text, other.Reveal(), StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as SecretText);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(text);

    /// <summary>Says that there is one, not what it is.</summary>
    public override string ToString() => "secret";
}
