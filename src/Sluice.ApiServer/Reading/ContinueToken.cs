using System.Globalization;
using System.Text;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Reading;

/// <summary>Where a list goes on: the version that it is of, and the object that it ended with. Opaque to clients.</summary>
internal readonly record struct ContinueToken(long Version, ObjectKey After)
{
    public string Encode() => Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"1:{Version}:{After.Namespace}/{After.Name}")))
        .Replace('+', '-').Replace('/', '_').TrimEnd('=');

    /// <exception cref="ApiException">400: not a token of this server.</exception>
    public static ContinueToken Decode(string token)
    {
        var buffer = new byte[token.Length];
        var base64 = token.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (token.Length % 4)) % 4);
        if (Convert.TryFromBase64String(base64, buffer, out var length))
        {
            var parts = Encoding.UTF8.GetString(buffer, 0, length).Split(':');
            var slash = parts.Length == 3 ? parts[2].IndexOf('/', StringComparison.Ordinal) : -1;
            if (slash >= 0 && parts[0] == "1" && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
                return new ContinueToken(version, new ObjectKey(parts[2][..slash], parts[2][(slash + 1)..]));
        }

        throw ApiException.BadRequest("continue: not a token that this server gave out; begin the list anew");
    }
}
