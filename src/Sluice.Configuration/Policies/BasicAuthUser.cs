namespace Sluice.Configuration.Policies;

/// <param name="Name">As the client has to send it, UTF-8, without ":".</param>
/// <param name="Hash">"{SHA}…", "$2a$…", "$2b$…", "$2y$…" or "$apr1$…".</param>
public sealed record BasicAuthUser(string Name, SecretText Hash);
