namespace Sluice.Cli.Api;

/// <summary>A file that holds a token and nothing else.</summary>
internal static class TokenFile
{
    private const int MinLength = 16;
    private const int MaxLength = 4096;

    /// <exception cref="UserErrorException">The file cannot be read, or holds no token.</exception>
    public static string Read(string path)
    {
        try
        {
            var token = File.ReadAllText(path).Trim();
            return token.Length is >= MinLength and <= MaxLength && token.All(c => c is > ' ' and <= '~')
                ? token
                : throw new UserErrorException($"--token-file {path}: a token has {MinLength} to {MaxLength} visible ASCII characters without spaces; make one with: openssl rand -hex 32");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"--token-file {path}: {error.Message}");
        }
    }
}
