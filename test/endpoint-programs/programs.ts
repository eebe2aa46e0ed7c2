// The token endpoints in examples/endpoints: how each is built and started, and what it needs on Debian.
export type Command = readonly [executable: string, ...args: string[]];

export interface Program {
  /** The folder in `examples/endpoints`. */
  readonly name: string;
  /** Its one file. */
  readonly file: string;
  /** Debian's packages. */
  readonly packages: string;
  /** The compiler or interpreter. The first one that passes `probe` is used. */
  readonly executables: readonly string[];
  /** Commands that succeed only if the language and its libraries are installed. */
  readonly probe: (executable: string) => readonly Command[];
  /** Translates the file into `output`, which is then started. Without it, the file itself is started. */
  readonly build?: (executable: string, source: string, output: string) => Command;
  /** @param target - the output of `build`, or the source */
  readonly start: (executable: string, target: string) => Command;
  /** In addition to the environment of the test run. */
  readonly environment?: Readonly<Record<string, string>>;
  /** How the program's messages name the variables. Default: as they are named. */
  readonly settingNames?: Readonly<Record<string, string>>;
  /** Gives ada another id, in the source. */
  readonly otherIds: {
    /** The id in the source. Occurs once. */
    readonly text: string;
    /** An id of 256 characters. */
    readonly tooLong: string;
    /** An id of 255 characters, which are 510 bytes. */
    readonly longest: string;
    /** No id. */
    readonly missing: string;
  };
  /** Takes grace's name away, in the source. */
  readonly noName: { readonly from: string; readonly to: string };
}

export const PROGRAMS: readonly Program[] = [
  {
    name: 'node-express',
    file: 'server.js',
    // npm installs its libraries.
    packages: '',
    executables: [process.execPath],
    probe: () => [],
    start: (node, target) => [node, target],
    otherIds: { text: 'id: 42', tooLong: "id: 'x'.repeat(256)", longest: "id: 'é'.repeat(255)", missing: 'id: null' },
    noName: { from: "'Grace'", to: 'null' },
  },
  {
    name: 'hono',
    file: 'server.js',
    packages: '',
    executables: [process.execPath],
    probe: () => [],
    start: (node, target) => [node, target],
    // The messages are those of `./server`.
    settingNames: { ZENDESK_KEY_ID: 'keyId', ZENDESK_SECRET: 'secret' },
    otherIds: { text: 'id: 42', tooLong: "id: 'x'.repeat(256)", longest: "id: 'é'.repeat(255)", missing: 'id: null' },
    noName: { from: "'Grace'", to: 'null' },
  },
  {
    name: 'php',
    file: 'token-endpoint.php',
    packages: 'php-cli',
    executables: ['php'],
    probe: (php) => [[php, '-r', 'exit(function_exists("pcntl_exec") && PHP_VERSION_ID >= 80000 ? 0 : 1);']],
    start: (php, target) => [php, target],
    environment: { PHPRC: 'test/endpoint-programs/php.ini' },
    otherIds: {
      text: "'id' => 42",
      tooLong: `'id' => '${'x'.repeat(256)}'`,
      longest: `'id' => '${'é'.repeat(255)}'`,
      missing: "'id' => null",
    },
    noName: { from: "'Grace'", to: 'null' },
  },
  {
    name: 'python',
    file: 'token_endpoint.py',
    packages: 'python3 python3-jwt',
    // Debian's packages are for its own Python only, which need not be the first on the path.
    executables: ['python3', '/usr/bin/python3'],
    probe: (python) => [[python, '-c', 'import jwt; jwt.encode']],
    start: (python, target) => [python, target],
    otherIds: { text: '"id": 42', tooLong: '"id": "x" * 256', longest: '"id": "é" * 255', missing: '"id": None' },
    noName: { from: '"Grace"', to: 'None' },
  },
  {
    name: 'ruby',
    file: 'token_endpoint.rb',
    packages: 'ruby ruby-jwt ruby-webrick',
    executables: ['ruby', '/usr/bin/ruby'],
    probe: (ruby) => [[ruby, '-rjwt', '-rwebrick', '-e', '']],
    start: (ruby, target) => [ruby, target],
    otherIds: { text: 'id: 42', tooLong: "id: 'x' * 256", longest: "id: 'é' * 255", missing: 'id: nil' },
    noName: { from: "'Grace'", to: 'nil' },
  },
  {
    name: 'perl',
    file: 'token-endpoint.pl',
    packages: 'perl libcrypt-jwt-perl libhttp-daemon-perl',
    executables: ['perl', '/usr/bin/perl'],
    probe: (perl) => [[perl, '-MCrypt::JWT', '-MHTTP::Daemon', '-e', '1']],
    start: (perl, target) => [perl, target],
    otherIds: { text: 'id => 42', tooLong: "id => 'x' x 256", longest: "id => 'é' x 255", missing: 'id => undef' },
    noName: { from: "'Grace'", to: 'undef' },
  },
  {
    name: 'go',
    file: 'main.go',
    packages: 'golang-go golang-github-golang-jwt-jwt-dev',
    executables: ['go', '/usr/bin/go'],
    probe: (go) => [[go, 'list', 'github.com/golang-jwt/jwt']],
    build: (go, source, output) => [go, 'build', '-o', output, source],
    start: (_, target) => [target],
    // Debian's libraries.
    environment: { GO111MODULE: 'off', GOPATH: '/usr/share/gocode' },
    otherIds: {
      text: 'ID: 42',
      tooLong: 'ID: strings.Repeat("x", 256)',
      longest: 'ID: strings.Repeat("é", 255)',
      missing: 'ID: nil',
    },
    noName: { from: '"Grace"', to: '""' },
  },
  {
    name: 'java',
    file: 'TokenEndpoint.java',
    packages: 'default-jdk-headless',
    executables: ['java'],
    // The compiler, which a runtime alone does not have.
    probe: (java) => [[java, '--describe-module', 'jdk.compiler']],
    start: (java, target) => [java, target],
    otherIds: {
      text: 'new User(42,',
      tooLong: 'new User("x".repeat(256),',
      longest: 'new User("\\u00e9".repeat(255),',
      missing: 'new User(null,',
    },
    noName: { from: '"Grace"', to: 'null' },
  },
  {
    name: 'csharp',
    file: 'TokenEndpoint.cs',
    packages: 'mono-mcs mono-runtime',
    executables: ['mcs'],
    probe: (mcs) => [
      [mcs, '--version'],
      ['mono', '--version'],
    ],
    build: (mcs, source, output) => [mcs, `-out:${output}`, source],
    start: (_, target) => ['mono', target],
    otherIds: {
      text: 'Id = 42',
      tooLong: "Id = new string('x', 256)",
      longest: "Id = new string('é', 255)",
      missing: 'Id = null',
    },
    noName: { from: '"Grace"', to: 'null' },
  },
];
