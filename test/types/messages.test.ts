// What the compiler says of a wrong call: it names what to write instead.
import { describe, expect, it } from 'vitest';
import { compile } from '../docs/compile.js';

const WRONG: [code: string, ...parts: string[]][] = [
  ["messenger.zE('messenger', 'opne');", 'DidYouMean<"open">'],
  ["messenger.zE('messenger', 'Open');", 'DidYouMean<"open">'],
  ["messenger.zE('messenger', 'shw');", 'DidYouMean<"show">'],
  // Not logoutUser: it is a command of another scope.
  ["messenger.zE('messenger', 'locale', 'de');", 'NotDocumented<"call messenger.zE.unsafe()"'],
  ["messenger.zE('messenger', 'logoutUsr');", 'DidYouMean<"logoutUser">'],
  ["messenger.zE('messenger:set', 'zindex', 5);", 'DidYouMean<"zIndex">'],
  ["messenger.zE('messenger:set', 'conversationTag', ['a']);", 'DidYouMean<"conversationTags">'],
  ["messenger.zE('messenger:set', 'conversationField', []);", 'DidYouMean<"conversationFields">'],
  ["messenger.zE('messenger:on', 'unreadMesages', () => {});", 'DidYouMean<"unreadMessages">'],
  ["messenger.zE('messenger:ui', 'newConversatoin');", 'DidYouMean<"newConversation">'],
  ["messenger.zE('mesenger', 'open');", 'DidYouMean<"messenger">'],
  ["messenger.on('messageRecieved', () => {});", 'DidYouMean<"messageReceived">'],
  ["messenger.on('closed', () => {});", 'DidYouMean<"close">'],
  ["messenger.zE('messenger', 'quit');", 'NotDocumented<"call messenger.zE.unsafe()"', '"resetWidget"'],
  ["messenger.zE('webWidget', 'open');", 'NotDocumented<"call messenger.zE.unsafe()"'],
  ["messenger.on('typing', () => {});", 'NotDocumented<"call messenger.on.unsafe()"'],
  [
    "messenger.zE('messenger', 'loginUser', (answer: (jwt: string) => void) => answer('jwt'));",
    'LoginUserIsTheLibrarys<"call messenger.login() or messenger.setUser()">',
  ],
  ["messenger.zE('messenger', 'logginUser');", 'LoginUserIsTheLibrarys<"call messenger.login()'],
  ["window.zE('messenger', 'opne');", 'DidYouMean<"open">'],
  ["window.zE('messenger', 'logginUser', () => {});", 'DidYouMean<"loginUser">'],
  ["window.zE('messenger', 'quit');", 'NotDocumented<"cast zE to (...args: unknown[]) => unknown"'],
];

describe('The compiler', () => {
  const block = (code: string, index: number) => ({ language: 'ts', code, file: `wrong-${index}`, line: 1 });
  const { problems } = compile(WRONG.map(([code], index) => block(code, index)));

  it.each(WRONG.map((wrong, index) => [index, ...wrong] as const))('%i: says of %s: %s', (index, _code, ...parts) => {
    const found = problems.filter((problem) => problem.startsWith(`wrong-${index}:`));
    expect(found).toHaveLength(1);
    for (const part of parts) expect(found[0]).toContain(part);
  });
});
