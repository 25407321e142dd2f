namespace Sluice.Configuration;

/// <summary>A private key as PEM. Its text can be asked for and nothing else: it never shows itself in messages or dumps.</summary>
public sealed class PrivateKey(string pem) : IEquatable<PrivateKey>
{
    /// <summary>Stands for a key that is known to be there, but not here: a configuration without its secrets was read.</summary>
    public static PrivateKey Withheld { get; } = new("");

    /// <summary>The secret itself.</summary>
    public string Reveal() => pem;

    public bool Equals(PrivateKey? other) => other is not null && string.Equals(pem, other.Reveal(), StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as PrivateKey);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(pem);

    /// <summary>Says that there is one, not what it is.</summary>
    public override string ToString() => "private key";
}
