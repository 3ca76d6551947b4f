// Who exists at the stand-in. Nothing here opens anything elsewhere.

export const office = {
  id: "1583012345678901234",
  username: "kec_cibitung",
  keys: {
    api_key: "standInConsumerKey0000001",
    api_secret: "standInConsumerSecret00000000000000000000000000001",
    access_token: "1583012345678901234-standInAccessToken00000000001",
    access_secret: "standInAccessSecret000000000000000000000000001",
  },
  /** As after a login in the browser. */
  bearer: "standInBearerOfTheOffice00000000000000000000000000000001",
};

export const other = {
  id: "1583099999999999999",
  username: "somebody_else",
  keys: {
    api_key: "standInConsumerKey0000001",
    api_secret: "standInConsumerSecret00000000000000000000000000001",
    access_token: "1583099999999999999-standInAccessToken00000000002",
    access_secret: "standInAccessSecret000000000000000000000000002",
  },
  bearer: "standInBearerOfTheOther000000000000000000000000000000002",
};

/** Belongs to an app, and to no user: X lets it read, and neither post nor upload. */
export const appOnlyBearer = "standInBearerOfTheAppAlone0000000000000000000000000003";

/** A login that may read and not write: an app whose permission is "Read". */
export const readOnlyBearer = "standInBearerThatMayOnlyRead000000000000000000000000004";
