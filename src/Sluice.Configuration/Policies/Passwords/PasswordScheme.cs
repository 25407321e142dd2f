namespace Sluice.Configuration.Policies.Passwords;

/// <summary>How a password was hashed.</summary>
public enum PasswordScheme
{
    /// <summary>"{SHA}" and SHA-1 in base64: cheap to check, and as cheap to guess.</summary>
    Sha1,

    /// <summary>"$2a$", "$2b$" or "$2y$".</summary>
    Bcrypt,

    /// <summary>"$apr1$": a thousand rounds of MD5.</summary>
    Apr1,
}
